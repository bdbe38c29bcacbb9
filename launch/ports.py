"""Whether ports are free, and how to talk to the web server on one."""

import http.client
import socket
import time
from collections.abc import Mapping

from launch.terminal import give_up

PATIENCE_SECONDS = 3.0


def refuse_taken_ports(ports: Mapping[str, int], host: str = "127.0.0.1") -> None:
    """End the command when another program listens on one of the ports; `ports` maps variable to number.

    What a run leaves that was killed a moment ago is going down by itself and is waited for.
    """
    if len(set(ports.values())) < len(ports):
        give_up("the ports must differ: " + ", ".join(f"{name}={number}" for name, number in ports.items()))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while taken := {name: number for name, number in ports.items() if not is_free(number, host)}:
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    if taken:
        names = ", ".join(f"{number} ({name})" for name, number in taken.items())
        give_up(f"another program uses port {names}. End it, or choose others: IMC_PORT=9000 ./imc run")


def is_free(port: int, host: str) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def find_free_port() -> int:
    """A port that nobody uses at this moment, with the five above it."""
    for _ in range(50):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < 65000 and all(is_free(port + step, "127.0.0.1") for step in range(6)):
            return port
    give_up("no six free ports in a row were found")


def answers(port: int, path: str, seconds: float = 2.0) -> bool:
    """Whether a GET of `path` on this machine is answered with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
