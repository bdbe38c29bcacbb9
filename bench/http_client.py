"""A small load generator for machines without `wrk`: `python -m bench.http_client BASE CONNECTIONS SECONDS FILE MODE`.

It speaks just enough HTTP/1.1 for answers with a Content-Length, on connections that stay open (MODE `keep`) or on a
new one each time (`close`).
"""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def read_requests(file: Path, host: str, mode: str) -> list[bytes]:
    """The requests as they go over the wire."""
    wire = []
    for line in file.read_text(encoding="utf-8").splitlines():
        method, path, token, body = line.split("\t")
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{authorization}"
        head += "Connection: close\r\n" if mode == "close" else ""
        wire.append(f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}".encode())
    return wire


async def talk(host: str, port: int, requests: Iterator[bytes], until: float, mode: str) -> tuple[int, int]:
    """One client: how many answers came, and how many of them were refusals."""
    reader, writer = await asyncio.open_connection(host, port)
    sent = refused = 0
    while time.monotonic() < until:
        if sent and mode == "close":
            writer.close()
            reader, writer = await asyncio.open_connection(host, port)
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length:
            await reader.readexactly(int(length.group(1)))
        sent += 1
        refused += head[9:10] >= b"4"
    writer.close()
    return sent, refused


async def main(base: str, connections: int, seconds: float, file: Path, mode: str) -> None:
    """Sends for so long and prints the line that `bench.load` reads."""
    url = urlsplit(base)
    host, port = url.hostname or "127.0.0.1", url.port or 80
    requests = cycle(read_requests(file, url.netloc, mode))
    began = time.monotonic()
    counts = await asyncio.gather(*(talk(host, port, requests, began + seconds, mode) for _ in range(connections)))
    took = int((time.monotonic() - began) * 1e6)
    print(f"RESULT {sum(sent for sent, _ in counts)} {took} {sum(refused for _, refused in counts)} 0")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]), sys.argv[5]))
