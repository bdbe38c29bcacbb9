"""`./imc messages`: compile the translations, show what is missing, add empty entries where the text is used.

The interface is written in English (the msgid) and translated in `locale/zh_Hans/LC_MESSAGES/django.po` of the package
that says it. Django merges the files of all packages, so two packages must not translate one text in two ways.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

from launch.environment import ROOT
from launch.message_sources import Message, list_messages
from launch.terminal import say
from launch.traditional_messages import list_stale, write_stale

LANGUAGE = "zh_Hans"
TREES = ("hospital", "config", "demo", "sandbox")
CHECKED_TREES = ("hospital", "config", "demo")
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Language": LANGUAGE, "Plural-Forms": "nplurals=1; plural=0;"}


def list_catalogs(trees: Iterable[str] = TREES) -> Iterator[Path]:
    """Every `.po` file of the project."""
    for tree in trees:
        yield from sorted((ROOT / tree).glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_stale() -> int:
    """Compile the catalogs that are newer than their `.mo` file; how many were."""
    count = 0
    for source in list_catalogs():
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = compiled.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(compiled)
        count += 1
    return count


@dataclass
class Report:
    """What is wrong with the translations; all empty when they are complete."""

    missing: list[Message] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One line a fault."""
        return [
            *(f"missing      {each.place}: {each.text!r}" for each in self.missing),
            *(f"obsolete     {each}" for each in self.obsolete),
            *(f"conflicting  {each}" for each in self.conflicting),
            *(f"fuzzy        {each}" for each in self.fuzzy),
            *(f"stale        {each}: run ./imc messages --traditional" for each in self.stale),
        ]


Key = tuple[str | None, str]


def is_translated(entry: polib.POEntry) -> bool:
    """Whether every form of the entry has a text and nobody doubts it."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(forms) and all(text.strip() for text in forms) and not entry.fuzzy


def check_translations() -> Report:
    """Compare the texts that the sources say with the catalogs."""
    messages = list(list_messages(ROOT / tree for tree in CHECKED_TREES))
    used = {(each.context, each.text) for each in messages}
    report = Report()
    translations: dict[Key, dict[str, Path]] = defaultdict(dict)
    for path in list_catalogs(CHECKED_TREES):
        if path.parent.parent.name == LANGUAGE:
            _read_catalog(path, used, translations, report)
    for key, texts in translations.items():
        if len(texts) > 1:
            places = ", ".join(f"{path.relative_to(ROOT)}: {text}" for text, path in texts.items())
            report.conflicting.append(f"{key[1]!r}: {places}")
    seen: set[Key] = set()
    for each in messages:
        key = (each.context, each.text)
        if key not in translations and key not in seen:
            seen.add(key)
            report.missing.append(each)
    report.stale += [str(path.relative_to(ROOT)) for path in list_stale()]
    return report


def _read_catalog(path: Path, used: set[Key], translations: dict[Key, dict[str, Path]], report: Report) -> None:
    where = path.relative_to(ROOT)
    for entry in polib.pofile(str(path)):
        key = (entry.msgctxt, entry.msgid)
        if entry.obsolete or key not in used:
            report.obsolete.append(f"{where}: {entry.msgid!r}")
        elif entry.fuzzy:
            report.fuzzy.append(f"{where}: {entry.msgid!r}")
        elif is_translated(entry):
            translations[key][entry.msgstr or str(entry.msgstr_plural)] = path


def add_missing(report: Report) -> int:
    """Append an empty entry for each missing text to the catalog of the package that says it."""
    by_catalog: dict[Path, list[Message]] = defaultdict(list)
    for each in report.missing:
        by_catalog[each.package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"].append(each)
    count = 0
    for path, messages in by_catalog.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        present: set[Key] = set()
        if path.exists():
            present = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
        else:
            lines = "".join(f'"{name}: {value}\\n"\n' for name, value in HEADER.items())
            path.write_text(f'msgid ""\nmsgstr ""\n{lines}', encoding="utf-8")
        fresh = [each for each in messages if (each.context, each.text) not in present]
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"\n{_entry(each)}" for each in fresh)
        count += len(fresh)
    return count


def _entry(message: Message) -> str:
    flags = ["python-format"] if message.has_fields else []
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context, flags=flags)
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: ""}
    return str(entry.__unicode__(wrapwidth=0)).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """The command; its status tells whether the translations are complete when they were asked for."""
    parser = argparse.ArgumentParser(prog="./imc messages", description=__doc__)
    parser.add_argument("--missing", action="store_true", help="list missing, obsolete and conflicting entries")
    parser.add_argument("--add", action="store_true", help="append an empty entry for each missing text")
    parser.add_argument("--traditional", action="store_true", help="write the Traditional Chinese of mails anew")
    options = parser.parse_args(arguments)
    if options.traditional:
        say(f"{write_stale()} catalogs written")
        return 0
    report = check_translations() if options.missing or options.add else Report()
    if options.add:
        say(f"{add_missing(report)} entries added, to be translated")
    if options.missing:
        print("\n".join(report.lines()) or "translations are complete")
    if not options.missing and not options.add:
        say(f"{compile_stale()} catalogs compiled")
    return 1 if options.missing and report.lines() else 0
