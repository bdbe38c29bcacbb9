"""A document to be read: its sections, what a version changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from hospital.clinical_documents.api import TABLE_HEADS
from hospital.clinical_documents.types import DocumentView, Input, ReadSection, VersionView
from hospital.kernel.types import BilingualText
from hospital.publications.api import Change, ChangeKind, list_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section with the heads of its table."""

    section: ReadSection
    head: tuple[BilingualText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One section that a version changed."""

    heading: BilingualText
    changes: list[Change]


def list_shown(version: VersionView) -> list[ShownSection]:
    """The sections of a version."""
    return list_shown_sections(version.sections)


def list_shown_sections(sections: Iterable[ReadSection]) -> list[ShownSection]:
    """Sections with the heads of their tables."""
    return [ShownSection(section=section, head=TABLE_HEADS.get(Input(section.input), ())) for section in sections]


def find_before(view: DocumentView, version: VersionView) -> VersionView | None:
    """The signed version before this one."""
    earlier = [each for each in view.versions if each.content_hash and each.version < version.version]
    return earlier[-1] if earlier else None


def list_differences(*, before: VersionView, after: VersionView) -> list[Difference]:
    """The sections that are not the same, in the order of the document."""
    old = {section.key: section for section in before.sections}
    new = {section.key: section for section in after.sections}
    keys = [*new, *(key for key in old if key not in new)]
    pairs = [(old.get(key), new.get(key)) for key in keys]
    return [
        Difference(heading=shown.heading, changes=_changes(shown, before=_flat(was), after=_flat(now)))
        for was, now in pairs
        if (shown := now or was) is not None and _flat(was) != _flat(now)
    ]


def _changes(section: ReadSection, *, before: str, after: str) -> list[Change]:
    """Prose word by word; a day, a number, a row as a whole, because half a number says something else."""
    if section.input is Input.TEXT:
        return list_changes(before=before, after=after)
    removed, added = Change(ChangeKind.REMOVED, before), Change(ChangeKind.ADDED, after)
    if before and after:
        return [removed, Change(ChangeKind.SAME, " "), added]
    return [removed if before else added]


def _flat(section: ReadSection | None) -> str:
    """A section as one text in the reader's language."""
    if section is None:
        return ""
    rows = [" · ".join(str(cell) for cell in row) for row in section.table]
    return "\n".join([*section.paragraphs, *(str(line) for line in section.lines), *rows])
