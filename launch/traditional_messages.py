"""The messages that leave the house in Traditional Chinese, made from the Simplified ones.

Mails are written in the language of their reader. Of the packages that write to patients each `zh_Hans` catalog has a
`zh_Hant` one beside it, made by OpenCC with the corrections of `publications/traditional_terms.tsv` and committed.
What a refusal says is converted when it is answered and needs no catalog.
"""

from pathlib import Path

import polib

from hospital.publications.traditional import to_traditional
from launch.environment import ROOT

WRITING = ("patients", "workflows")


def render_traditional() -> dict[Path, str]:
    """Each Traditional catalog and what it must hold."""
    sources = [ROOT / "hospital" / name / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po" for name in WRITING]
    return {
        path.parents[2] / "zh_Hant" / "LC_MESSAGES" / path.name: _convert(path) for path in sources if path.exists()
    }


def _convert(path: Path) -> str:
    catalog = polib.pofile(str(path), wrapwidth=0)
    catalog.metadata["Language"] = "zh_Hant"
    for entry in catalog:
        entry.msgstr = to_traditional(entry.msgstr)
        entry.msgstr_plural = {number: to_traditional(text) for number, text in entry.msgstr_plural.items()}
    return f"{catalog.__unicode__().rstrip()}\n"


def list_stale() -> list[Path]:
    """Traditional catalogs that are not what their source makes of them."""
    return [
        path
        for path, text in render_traditional().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def write_stale() -> int:
    """Writes them anew; how many were."""
    texts, stale = render_traditional(), list_stale()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return len(stale)
