"""Pages in two languages: the texts, the choice of language, the templates."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

_HERE = Path(__file__).parent
_LOCAL = ZoneInfo("Asia/Shanghai")
LANGUAGES = ("en", "zh")
LANGUAGE_COOKIE = "sandbox_language"


@lru_cache
def read_texts(language: str) -> dict[str, str]:
    """All texts of one language, key to sentence."""
    texts: dict[str, str] = {}
    for name in (f"{language}.json", f"kiosk.{language}.json"):
        texts |= json.loads((_HERE / "texts" / name).read_text(encoding="utf-8"))
    return texts


def choose_language(request: Request, *, preferred: str = "") -> str:
    """`?lang=`, then the remembered choice, then `preferred` (the session's locale), then the browser's wish."""
    asked = request.query_params.get("lang", "") or request.cookies.get(LANGUAGE_COOKIE, "")
    for wish in (asked, preferred, request.headers.get("Accept-Language", "")):
        if wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
    return "en"


def render(request: Request, template: str, *, preferred: str = "", status: int = 200, **context: Any) -> HTMLResponse:
    """A page; a language asked for in the address is remembered."""
    language = choose_language(request, preferred=preferred)
    other = "zh" if language == "en" else "en"
    html = (
        _environment()
        .get_template(template)
        .render(
            **context,
            t=_translator(language),
            language=language,
            html_language="zh-Hans" if language == "zh" else "en",
            other_language_url=str(request.url.path) + f"?lang={other}",
        )
    )
    response = HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
    if request.query_params.get("lang"):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="lax", httponly=True)
    return response


def _translator(language: str) -> Callable[..., str]:
    texts = read_texts(language)

    def translate(key: str, **values: object) -> str:
        return texts[key].format(**values)

    return translate


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["local_time"] = _local_time
    environment.filters["grouped"] = _grouped
    return environment


def local_clock(at: datetime) -> datetime:
    """An instant as the clocks of Guangzhou show it."""
    return at.astimezone(_LOCAL)


def _local_time(at: datetime) -> str:
    return at.astimezone(_LOCAL).strftime("%Y-%m-%d %H:%M:%S")


def _grouped(number: str) -> str:
    if len(number) == 15:
        return f"{number[:4]} {number[4:10]} {number[10:]}"
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
