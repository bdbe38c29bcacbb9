"""The numbers that tests carry exist."""

import ast
import re

from launch.requirements import list_rows
from tests.architecture.sources import list_python, name_of, parse


def test_rows_are_numbered_once() -> None:
    ids = [row.id for row in list_rows()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Z]\d\d", each) for each in ids)


def test_tests_name_rows_that_exist() -> None:
    known = {row.id for row in list_rows()}
    unknown = []
    for path in list_python("hospital", "tests", "sandbox", "demo", with_tests=True):
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
                names = {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
                unknown += [f"{name_of(path, node.lineno)}: {name}" for name in names - known]
    assert unknown == []
