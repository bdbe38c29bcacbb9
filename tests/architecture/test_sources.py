"""Size, names and imports of the product's files."""

import ast

from launch.environment import ROOT
from tests.architecture.layers import FACES
from tests.architecture.sources import list_python, name_of, parse

MOST_LINES = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "managers", "common", "misc"}
TREES = ("hospital", "config", "sandbox", "demo", "bench", "launch", "tests")


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in list_python(*TREES, with_tests=True)
    }
    assert [f"{name_of(path)}: {lines}" for path, lines in lengths.items() if lines > MOST_LINES] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        name_of(path)
        for path in list_python(*TREES, with_tests=True)
        if EMPTY_NAMES & {*path.relative_to(ROOT).parts, path.stem}
    ]
    assert found == []


def test_imports_are_absolute_and_named() -> None:
    found = []
    for path in list_python(*TREES, with_tests=True):
        for node in ast.walk(parse(path)):
            is_star = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
            if isinstance(node, ast.ImportFrom) and (node.level or is_star):
                found.append(name_of(path, node.lineno))
    assert found == []


def test_front_doors_list_what_they_offer() -> None:
    found = []
    for path in sorted((ROOT / "hospital").glob("*/api.py")):
        names = {target.id for node in parse(path).body for target in _targets(node)}
        if "__all__" not in names and path.parent.name not in FACES:
            found.append(name_of(path))
    assert found == []


def _targets(node: ast.stmt) -> list[ast.Name]:
    if isinstance(node, ast.Assign):
        return [target for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target]
    return []
