"""Find the texts that the sources hand to gettext: calls in Python, tags in templates."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from launch.environment import ROOT

# name of the function: positions of (context, text, plural)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TAG = re.compile(r"\{%-?\s*(.*?)\s*-?%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
INLINE = re.compile(rf"^(?:trans|translate)\s+{QUOTED}")
CONTEXT = re.compile(rf"\bcontext\s+{QUOTED}")
CONSTANT = re.compile(rf"\b_\({QUOTED}\)")
FIELD = re.compile(r"%\(\w+\)[sd]|%[sd]")


@dataclass(frozen=True)
class Message:
    """One text, where it is said, and the package whose catalog should translate it."""

    text: str
    context: str | None
    plural: str | None
    path: Path
    line: int

    @property
    def place(self) -> str:
        """File and line, from the project's root."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"

    @property
    def has_fields(self) -> bool:
        """Whether the text takes values."""
        return bool(FIELD.search(self.text))

    @property
    def package(self) -> Path:
        """`hospital/<context>` or the top package."""
        parts = self.path.relative_to(ROOT).parts
        return ROOT.joinpath(*parts[: 2 if parts[0] == "hospital" and len(parts) > 2 else 1])


def list_messages(folders: Iterable[Path]) -> Iterator[Message]:
    """Every text of the Python files and templates below the folders, tests excepted."""
    for folder in folders:
        for path in sorted(folder.glob("**/*")):
            if "tests" in path.parts or not path.is_file():
                continue
            if path.suffix == ".py":
                yield from from_python(path)
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                yield from from_template(path)


def from_python(path: Path) -> Iterator[Message]:
    """Texts in calls of gettext and its relatives, by whatever name they were imported or reached."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    names = _names_of_gettext(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _name_of(node.func)
        positions = CALLS.get(names.get(name, name if isinstance(node.func, ast.Attribute) else ""))
        if positions is None:
            continue
        context, text, plural = (None if at is None else _literal(node, at) for at in positions)
        if text:
            yield Message(text, context, plural, path, node.lineno)


def _names_of_gettext(tree: ast.Module) -> dict[str, str]:
    """Local names of the functions imported from Django's translation module."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _literal(call: ast.Call, position: int) -> str | None:
    if position >= len(call.args):
        return None
    argument = call.args[position]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def from_template(path: Path) -> Iterator[Message]:
    """Texts in `translate` and `blocktranslate` tags and in `_("…")` of a Django template."""
    source = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), path.read_text(encoding="utf-8"))
    for found in TAG.finditer(source):
        words, line = found.group(1), source.count("\n", 0, found.start()) + 1
        inline = INLINE.match(words)
        if inline:
            yield Message(_unquoted(inline.group(1)), _context_of(words), None, path, line)
        elif re.match(r"(?:blocktrans|blocktranslate)\b", words):
            yield _from_block(source, found.end(), words, path, line)
        yield from (Message(_unquoted(text), None, None, path, line) for text in CONSTANT.findall(words))
    for found in VARIABLE.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        yield from (Message(_unquoted(text), None, None, path, line) for text in CONSTANT.findall(found.group(1)))


def _from_block(source: str, start: int, words: str, path: Path, line: int) -> Message:
    end = re.compile(r"\{%-?\s*endblocktrans(?:late)?\s*-?%\}").search(source, start)
    body = source[start : end.start() if end else len(source)]
    parts = re.split(r"\{%-?\s*plural\s*-?%\}", body, maxsplit=1)
    texts = [_block_text(part, is_trimmed=bool(re.search(r"\btrimmed\b", words))) for part in parts]
    return Message(texts[0], _context_of(words), texts[1] if len(texts) > 1 else None, path, line)


def _block_text(body: str, *, is_trimmed: bool) -> str:
    """The msgid that Django makes of a block: percent signs doubled, variables as fields, lines joined if trimmed."""
    pieces = re.split(r"\{\{\s*(.*?)\s*\}\}", body)  # text, variable, text, variable, …
    text = "".join(
        f"%({piece.split('|')[0]})s" if place % 2 else piece.replace("%", "%%") for place, piece in enumerate(pieces)
    )
    return " ".join(line.strip() for line in text.strip().splitlines()) if is_trimmed else text


def _context_of(words: str) -> str | None:
    found = CONTEXT.search(words)
    return _unquoted(found.group(1)) if found else None


def _unquoted(text: str) -> str:
    quote = text[0]
    return text[1:-1].replace(f"\\{quote}", quote).replace("\\\\", "\\").replace("%", "%%")
