"""One file of design tokens; the style sheet is made from it."""

import json
import re

from hospital.staff_web.tokens import SOURCE, TARGET, read_tokens, render_tokens

STYLES = TARGET.parent


def test_the_style_sheet_is_in_step_with_the_tokens() -> None:
    assert TARGET.read_text(encoding="utf-8") == render_tokens(tokens=read_tokens())


def test_both_themes_name_the_same_meanings() -> None:
    theme = json.loads(SOURCE.read_text(encoding="utf-8"))["theme"]
    assert set(theme["dark"]) - set(theme["light"]) <= {"shadow-pop"}
    assert set(theme["light"]) == set(theme["dark"]) - {"shadow-pop"}


def test_every_variable_that_is_used_exists() -> None:
    known = set(re.findall(r"(--[\w-]+):", TARGET.read_text(encoding="utf-8")))
    for sheet in STYLES.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        local = set(re.findall(r"(--[\w-]+):", text))
        used = set(re.findall(r"var\((--[\w-]+)", text))
        assert used <= known | local, f"{sheet.name}: {used - known - local}"


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_can_be_read_in_both_themes() -> None:
    tokens = read_tokens()

    def value(theme: str, name: str) -> str:
        found = tokens["theme"][theme][name]
        if found.startswith("{"):
            family, step = found[1:-1].split(".")
            found = tokens["color"][family][step]
        return str(found)

    pairs = [
        ("text", "surface"),
        ("text-2", "surface"),
        ("text-2", "surface-2"),
        ("text-3", "surface-3"),
        ("link", "surface"),
        ("on-primary", "primary"),
        ("ok", "ok-bg"),
        ("warn", "warn-bg"),
        ("bad", "bad-bg"),
        ("hint", "hint-bg"),
        ("on-bar", "bar"),
        ("on-bar-2", "bar-field"),
    ]
    for theme in ("light", "dark"):
        for front, back in pairs:
            assert _contrast(value(theme, front), value(theme, back)) >= 4.5, f"{theme}: {front} on {back}"
