"""The analyzers' keyboard: a specimen number in, a message out, and what was answered."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.analyzer.programs import HEMATOLOGY, PROGRAMS, measure
from sandbox.analyzer.wire import CHARSETS, send, write_results
from sandbox.pages import render
from sandbox.settings import SandboxSettings

_LOCAL = ZoneInfo("Asia/Shanghai")


class Analyzers:
    """Routes under /analyzer. The last message is kept, so that it can be sent again as it was."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._host, self._port = settings.analyzer_host, settings.analyzer_port
        self._numbers = count(1)
        self._last = b""

    def routes(self) -> list[Route]:
        """The page, and what its buttons do."""
        return [
            Route("/analyzer", self.show, methods=["GET"]),
            Route("/analyzer", self.measure, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The form."""
        return self._page(request, specimen="", message=b"", answer=b"")

    async def measure(self, request: Request) -> Response:
        """Measures a specimen and sends the results, or sends the last message again (`again`)."""
        form = await request.form()
        specimen = str(form.get("specimen", ""))
        if not form.get("again") or not self._last:
            self._last = self._write(
                specimen=specimen,
                program_key=str(form.get("program", "")),
                charset=str(form.get("charset", "")),
                is_critical=form.get("critical") == "yes",
            )
        answer = await send(self._last, host=self._host, port=self._port)
        return self._page(request, specimen=specimen, message=self._last, answer=answer)

    def _write(self, *, specimen: str, program_key: str, charset: str, is_critical: bool) -> bytes:
        now = datetime.now(_LOCAL)
        program = PROGRAMS.get(program_key, HEMATOLOGY)
        return write_results(
            program,
            measure(program, is_critical=is_critical, chance=Random()),  # noqa: S311 - invented values
            specimen=specimen,
            control_id=f"{now:%y%m%d%H%M%S}{next(self._numbers):04d}",
            charset=charset if charset in CHARSETS else "utf-8",
            now=now,
        )

    def _page(self, request: Request, *, specimen: str, message: bytes, answer: bytes) -> Response:
        return render(
            request,
            "analyzer.html",
            programs=list(PROGRAMS),
            charsets=CHARSETS,
            specimen=specimen,
            message=_lines(message),
            answer=_lines(answer),
            is_silent=bool(message) and not answer,
            can_repeat=bool(self._last),
        )


def _lines(message: bytes) -> str:
    """For reading: a segment a line; ASCII looks the same in both character sets."""
    return message.decode("utf-8", errors="replace").replace("\r", "\n").strip()
