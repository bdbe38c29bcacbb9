"""`python -m sandbox`: serve until told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys

from granian.constants import Interfaces
from granian.server.embed import Server

from sandbox.app import build_app
from sandbox.settings import SandboxSettings, read_settings


async def serve(settings: SandboxSettings) -> bool:
    """Serve in this very process, so that ending it ends everything. Whether it was told to stop."""
    app = build_app(settings)
    server = Server(
        app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    told_to_stop = asyncio.Event()

    def stop() -> None:
        told_to_stop.set()
        for engine in app.state.engines:
            engine.stop_dawdling()
        server.stop()  # type: ignore[no-untyped-call]

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    await server.serve()
    return told_to_stop.is_set()


def main() -> int:
    """Start the sandbox from the environment; 0 after an orderly stop, 1 if it could not serve."""
    settings = read_settings()
    sys.stdout.write(f"sandbox: {settings.public_url}  smtp: {settings.host}:{settings.smtp_port}\n")
    sys.stdout.flush()
    return 0 if asyncio.run(serve(settings)) else 1


if __name__ == "__main__":
    sys.exit(main())
