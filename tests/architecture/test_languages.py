"""Both languages always: no text for a reader outside the translation files, no text without its translation."""

import ast
import re
from collections.abc import Iterator

from launch.environment import ROOT
from launch.messages import check_translations
from tests.architecture.sources import list_python, name_of, parse

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# A language is called by its own name everywhere, so that those find it who read no other.
LANGUAGE_NAMES = re.compile(r"中文|语言|>中(?=[<+])")
# What is marked as Chinese stands beside its English on purpose, as the name of the house does.
MARKED_CHINESE = re.compile(r"<(\w+)(?=[^>]*\blang=\"zh-(?:CN|HK)\")[^>]*>[^<]*</\1>")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
# Not interface: invented people and items of the sample papers, the way a document writes numbers and dates, tables of
# the world (countries), patterns that read Chinese addresses, numbers, dates and sides, phrases and fields of reports
# with both languages beside each other.
CONTENT = (
    "hospital/documents/sampl",
    "hospital/documents/formatting.py",
    "hospital/patients/rules/",
    "hospital/results/reporting/",
    "hospital/translations/rules/",
)


def list_chinese(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of literals with Chinese in a module, docstrings and those beside their English excepted."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # a docstring of an attribute
    paired = {id(each) for node in ast.walk(tree) if is_pair(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings | bare | paired:
            continue
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield node.lineno, node.value


def is_pair(node: ast.AST) -> bool:
    """`BilingualText(zh, en)`, a function that returns one, or `{"zh": …, "en": …}`: both languages side by side."""
    if isinstance(node, ast.FunctionDef):
        return isinstance(node.returns, ast.Name) and node.returns.id == "BilingualText"
    if isinstance(node, ast.Dict):
        return {"zh", "en"} <= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "BilingualText"


def test_no_chinese_literal_in_python() -> None:
    found = [
        f"{name_of(path, line)}: {text}"
        for path in list_python("hospital")
        if not name_of(path).startswith(CONTENT)
        for line, text in list_chinese(parse(path))
    ]
    assert found == []


def test_no_chinese_literal_in_templates() -> None:
    found = []
    for path in sorted(ROOT.glob("hospital/*/templates/**/*.html")):
        text = LANGUAGE_NAMES.sub("", path.read_text(encoding="utf-8"))
        text = TEMPLATE_COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
        text = MARKED_CHINESE.sub("", text)
        found += [name_of(path, number) for number, line in enumerate(text.splitlines(), 1) if CHINESE.search(line)]
    assert found == []


def test_every_text_is_translated_once_and_still_used() -> None:
    assert check_translations().lines() == []
