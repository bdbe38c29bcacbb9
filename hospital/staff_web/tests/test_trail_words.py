"""The audit trail speaks: every act and every kind of subject that the code writes down has a word (N14, N20)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hospital
from hospital.staff_web.administration.subjects import SUBJECTS
from hospital.staff_web.administration.words import ACTS

ROOT = Path(hospital.__file__).parent
SOURCES = [path for path in ROOT.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts]


def list_literals(argument: str) -> Iterator[tuple[str, str]]:
    """Where a call of `record_act` gives `argument` as plain text, and the text."""
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        if "record_act" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_act":
                for keyword in node.keywords:
                    if keyword.arg == argument and isinstance(keyword.value, ast.Constant):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", str(keyword.value.value)


@pytest.mark.requirement("N14", "N20")
@pytest.mark.parametrize(("argument", "words"), [("action", ACTS), ("subject_kind", SUBJECTS)])
def test_what_is_written_down_has_a_word(argument: str, words: dict[str, object]) -> None:
    found = list(list_literals(argument))
    assert len(found) > 20
    assert [place for place, text in found if text not in words] == []
