"""Load on the web server and on PostgreSQL itself, with as many connections, for ratios of the two.

HTTP comes from `wrk` where it is installed and else from `bench/http_client.py`, in a process of its own either way;
SQL comes from `pgbench`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config.env import read_database
from launch.product import BLOCKING_THREADS

SECONDS = 5
PATIENCE_SECONDS = 20
# Every thread of the web server has a connection to the database; pgbench gets as many.
CONNECTIONS = (os.cpu_count() or 1) * BLOCKING_THREADS

_WRK = """
local requests, at = {}, 0
function init(arguments)
  local close = arguments[2] == "close"
  for line in io.lines(arguments[1]) do
    local method, path, token, body = line:match("^(%S+)\\t(%S+)\\t(%S*)\\t(.*)$")
    local headers = {["Content-Type"] = "application/json"}
    if token ~= "" then headers["Authorization"] = "Bearer " .. token end
    if close then headers["Connection"] = "close" end
    if body == "" then body = nil end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration, errors.status, broken))
end
"""


@dataclass(frozen=True)
class Request:
    """One request to send; `token` empty for an anonymous one."""

    method: str
    path: str
    token: str = ""
    body: str = ""

    def line(self) -> str:
        """How the clients read it."""
        return f"{self.method}\t{self.path}\t{self.token}\t{self.body}"


@dataclass(frozen=True)
class Answered:
    """What came of a load; `refused` counts answers of 400 and above."""

    requests: int
    per_second: float
    refused: int


def drive(base: str, requests: Iterable[Request], *, seconds: float = SECONDS, phones: int = 0) -> Answered:
    """Sends the requests in their order, again and again for so long, over `2 * CONNECTIONS` connections.

    With `phones` so many at once, each request on a new connection.
    """
    with tempfile.TemporaryDirectory() as folder:
        script, file = Path(folder) / "load.lua", Path(folder) / "requests"
        script.write_text(_WRK, encoding="utf-8")
        file.write_text("".join(f"{each.line()}\n" for each in requests), encoding="utf-8")
        connections, duration = str(phones or 2 * CONNECTIONS), f"{seconds:g}"
        sent = [str(file), "close" if phones else "keep"]
        command = [sys.executable, "-m", "bench.http_client", base, connections, duration, *sent]
        if shutil.which("wrk"):
            settings = ["-t1", f"-c{connections}", f"-d{duration}s", f"--timeout={PATIENCE_SECONDS}s"]
            command = ["wrk", *settings, "-s", str(script), base, "--", *sent]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    numbers = re.search(r"^RESULT (\d+) (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
    if numbers is None:
        raise RuntimeError(f"no result from the load:\n{done.stdout}{done.stderr}")
    answered, microseconds, refused, broken = (int(number) for number in numbers.groups())
    if broken:
        raise RuntimeError(f"{broken} connections broke:\n{done.stdout}")
    return Answered(requests=answered, per_second=answered * 1e6 / microseconds, refused=refused)


def run_pgbench(script: str, *, variables: Mapping[str, int], seconds: float = SECONDS) -> float:
    """Transactions a second of a pgbench script on the database of DATABASE_URL, with prepared statements."""
    database = read_database("DATABASE_URL")
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(
            [
                *(Path(os.environ["IMC_PG_BIN"]) / "pgbench", "-n", "-M", "prepared", "-f", file.name),
                *("-c", str(CONNECTIONS), "-j", str(os.cpu_count() or 1), "-T", f"{seconds:.0f}"),
                *(word for name, value in variables.items() for word in ("-D", f"{name}={value}")),
                *("-h", str(database["HOST"]), "-U", str(database["USER"]), str(database["NAME"])),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    failed = re.search(r"^number of failed transactions: ([1-9]\d*)", done.stdout, re.MULTILINE)
    if done.returncode or found is None or failed:
        raise RuntimeError(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(found.group(1))


def base_address() -> str:
    """Where the product answers, without a path."""
    url = urlsplit(os.environ["IMC_PUBLIC_URL"])
    return f"{url.scheme}://{url.netloc}"
