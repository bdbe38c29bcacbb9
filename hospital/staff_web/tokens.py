"""Design tokens: one JSON file gives the CSS variables of the staff pages (the patient app reads the same file)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "design" / "tokens.json"
TARGET = HERE / "static" / "staff_web" / "css" / "tokens.css"
NOTICE = "/* Written by `manage.py write_tokens` from design/tokens.json. Change the values there. */"


def render_tokens(*, tokens: Mapping[str, Any]) -> str:
    """The style sheet of variables: scales, then the light and the dark theme."""
    blocks = [
        NOTICE,
        _block(":root", [*_scales(tokens), *_theme(tokens["theme"]["light"]), ("color-scheme", "light")]),
        _block("[data-theme=dark]", [*_theme(tokens["theme"]["dark"]), ("color-scheme", "dark")]),
        # Paper stays paper: what is printed uses the light values, whatever the screen shows.
        f"@media print {{\n{_block('[data-theme=dark]', [*_theme(tokens['theme']['light'])])}}}\n",
    ]
    return "\n".join(blocks)


def read_tokens() -> Mapping[str, Any]:
    """The tokens as they stand in the source file."""
    tokens: Mapping[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return tokens


def _block(selector: str, pairs: list[tuple[str, str]]) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in pairs)
    return f"{selector} {{\n{lines}}}\n"


def _scales(tokens: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for family, steps in tokens["color"].items():
        for step, value in steps.items():
            yield f"--{family}-{step}", value
    font = tokens["font"]
    yield "--font-sans", font["sans"]
    yield from _steps("fs", font["size"], "px")
    yield from _steps("fw", font["weight"])
    yield from _steps("lh", font["line"])
    yield from _steps("sp", {str(step): value for step, value in enumerate(tokens["space"])}, "px")
    yield from _steps("r", tokens["radius"], "px")
    yield from _steps("shadow", tokens["shadow"])
    yield from _steps("motion", tokens["motion"])


def _steps(prefix: str, steps: Mapping[str, Any], unit: str = "") -> Iterator[tuple[str, str]]:
    for step, value in steps.items():
        yield f"--{prefix}-{step}", f"{value}{unit}"


def _theme(theme: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in theme.items():
        yield f"--{name}", f"var(--{value[1:-1].replace('.', '-')})" if value.startswith("{") else value
