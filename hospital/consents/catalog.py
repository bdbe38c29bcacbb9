"""The texts that people are asked to agree to.

Each version is a file for each language in `notices/`, named PURPOSE.VERSION.LANGUAGE.md. A published version is never
changed: the ledger keeps its hash. A new wording is a new pair of files, and everybody is asked again from its
`valid_from` on.
"""

import hashlib
import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from hospital.consents.types import Notice, Purpose
from hospital.kernel.types import BilingualText

FOLDER = Path(__file__).parent / "notices"
_NAME = re.compile(r"^([a-z-]+)\.(\d+)\.en\.md$")


@lru_cache(maxsize=1)
def _notices() -> dict[Purpose, tuple[Notice, ...]]:
    found: dict[Purpose, list[Notice]] = {purpose: [] for purpose in Purpose}
    for file in FOLDER.glob("*.en.md"):
        named = _NAME.match(file.name)
        if named is None:
            raise ValueError(file.name)
        purpose = Purpose(named[1].replace("-", "_").upper())
        found[purpose].append(_read(file, purpose=purpose, version=int(named[2])))
    return {purpose: tuple(sorted(notices, key=lambda notice: notice.version)) for purpose, notices in found.items()}


def _read(file: Path, *, purpose: Purpose, version: int) -> Notice:
    english = file.read_text(encoding="utf-8")
    chinese = file.with_name(file.name.replace(".en.md", ".zh.md")).read_text(encoding="utf-8")
    en, zh = _parts(english), _parts(chinese)
    return Notice(
        purpose=purpose,
        version=version,
        valid_from=date.fromisoformat(en["valid_from"]),
        title=BilingualText(zh=zh["title"], en=en["title"]),
        summary=BilingualText(zh=zh["summary"], en=en["summary"]),
        body=BilingualText(zh=zh["body"], en=en["body"]),
        hash=hashlib.sha256(f"{chinese}\0{english}".encode()).hexdigest(),
    )


def _parts(text: str) -> dict[str, str]:
    """The `name: value` lines at the top, and the rest as `body`."""
    head, _, body = text.partition("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return values | {"body": body.strip()}


def get_notice(*, purpose: Purpose, on: date) -> Notice:
    """The version in force on a day; the first one before that, because without a text nobody could agree."""
    versions = _notices()[purpose]
    in_force = [notice for notice in versions if notice.valid_from <= on]
    return in_force[-1] if in_force else versions[0]


def list_notices(*, on: date) -> list[Notice]:
    """The texts in force on a day, in the order of `Purpose`."""
    return [get_notice(purpose=purpose, on=on) for purpose in Purpose]


def list_versions(*, purpose: Purpose) -> tuple[Notice, ...]:
    """All versions ever published."""
    return _notices()[purpose]
