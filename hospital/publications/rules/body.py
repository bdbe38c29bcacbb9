"""The small language of bodies: a subset of CommonMark, read into blocks.

Blocks hold text only, so that no face ever shows HTML that somebody wrote: the app draws them with its own components,
also in the mini program, which knows no HTML. What the subset leaves out (HTML, code, tables) stays as the text it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

MOST_CHARACTERS: Final = 20_000
# `guide:` and `help:` lead to another article, `picture:` shows a stored picture.
LINK_SCHEMES: Final = frozenset({"https", "tel", "mailto", "guide", "help"})
PICTURE_SCHEME: Final = "picture:"


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"
    NOTE = "note"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `href` is empty or has one of `LINK_SCHEMES`."""

    text: str
    is_strong: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. Lists have `items`, pictures a `picture_id` and `spans` as the text in its place; others `spans`."""

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    items: tuple[tuple[Span, ...], ...] = ()
    level: int = 0
    picture_id: UUID | None = None


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.disable(["html_block", "html_inline", "code", "fence", "backticks", "hr", "reference", "autolink", "entity"])
    reader.validateLink = lambda url: (  # type: ignore[method-assign]
        _is_allowed_link(url) or url.startswith(PICTURE_SCHEME)
    )
    return reader


def _is_allowed_link(url: str) -> bool:
    try:
        return urlsplit(url).scheme in LINK_SCHEMES
    except ValueError:
        return False


@lru_cache(maxsize=512)
def read_blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a body. Any text can be read; nothing is refused and nothing is executed."""
    tree = SyntaxTreeNode(_reader().parse(source[:MOST_CHARACTERS]))
    return tuple(block for node in tree.children for block in _blocks_of(node))


def plain_text(source: str) -> str:
    """A body without its marks, for searches and differences."""
    lines: list[str] = []
    for block in read_blocks(source):
        lines += [_joined(item) for item in block.items] if block.items else [_joined(block.spans)]
    return "\n".join(lines)


def _joined(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _blocks_of(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "heading":
        # The title of the page is its first level.
        yield Block(BlockKind.HEADING, _spans(node), level=min(max(int(node.tag[1]), 2), 3))
    elif node.type in {"bullet_list", "ordered_list"}:
        kind = BlockKind.BULLETS if node.type == "bullet_list" else BlockKind.STEPS
        yield Block(kind, items=tuple(_spans(item) for item in node.children))
    elif node.type == "blockquote":
        yield Block(BlockKind.NOTE, _spans(node))
    else:
        yield from _paragraph(node)


def _paragraph(node: SyntaxTreeNode) -> Iterator[Block]:
    pictures = [each for each in node.walk() if each.type == "image"]
    for each in pictures:
        picture_id = _picture_id(str(each.attrs.get("src", "")))
        if picture_id:
            yield Block(BlockKind.PICTURE, (Span(each.content),), picture_id=picture_id)
    spans = _spans(node)
    if any(span.text.strip() for span in spans):
        yield Block(BlockKind.PARAGRAPH, spans)


def _picture_id(source: str) -> UUID | None:
    try:
        return UUID(source.removeprefix(PICTURE_SCHEME))
    except ValueError:
        return None


def _spans(node: SyntaxTreeNode) -> tuple[Span, ...]:
    found: list[Span] = []
    for each in _inline(node, is_strong=False, href=""):
        if not each.text:
            continue
        if found and (found[-1].is_strong, found[-1].href) == (each.is_strong, each.href):
            found[-1] = Span(found[-1].text + each.text, each.is_strong, each.href)
        else:
            found.append(each)
    return tuple(found)


def _inline(node: SyntaxTreeNode, *, is_strong: bool, href: str) -> Iterator[Span]:
    for index, child in enumerate(node.children):
        if child.type == "text":
            yield Span(child.content, is_strong, href)
        elif child.type in {"softbreak", "hardbreak"}:
            yield Span("\n" if child.type == "hardbreak" else " ", is_strong, href)
        elif child.type != "image":
            if child.type == "paragraph" and index:
                yield Span("\n", is_strong, href)
            target = str(child.attrs.get("href", "")) if child.type == "link" else href
            yield from _inline(child, is_strong=is_strong or child.type == "strong", href=target)
