"""What patients read: articles from `data/publications`, and a page with a portrait for each doctor."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from demo.load.actors import loader, staff_actor
from demo.load.clock import local_date
from demo.load.rows import DATA, read_rows
from hospital.campuses.models import Clinician, Department
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.publications.api import add_picture, create_article, publish_article, save_article
from hospital.publications.types import (
    FACT_NUMBERS,
    FACT_TEXTS,
    ArticleKind,
    ArticleSubject,
    Audience,
    Content,
    Symbol,
)

_DAY: Final = re.compile(r"\{day([+-]\d+)\}")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Who writes for which campus; the others have no editor of their own.
_EDITORS: Final = {"IMC": "bai.ruoxi", "NORTH": "jian.yongle"}
# How long ago doctors' pages were published.
_DOCTORS_SHOWN_DAYS: Final = 45


@dataclass(frozen=True, slots=True)
class _File:
    """One file: what stands above its texts, and title, summary and body in each language."""

    kind: ArticleKind
    slug: str
    facts: Mapping[str, str]
    texts: Mapping[str, tuple[str, str, str]]

    def text(self, place: int) -> BilingualText:
        """Title, summary or body."""
        return BilingualText(self.texts["zh"][place], self.texts.get("en", ("", "", ""))[place])


def load_publications(*, now: datetime) -> None:
    """Writes and publishes everything, each at its own time; some of it is left as drafts with gaps on purpose."""
    for file in _read_files(now):
        _load_article(file, now=now)
    _load_doctors(now=now)


def _read_files(now: datetime) -> Iterator[_File]:
    for path in sorted((DATA / "publications").glob("*/*.md")):
        head, *parts = re.split(r"^--- (zh|en)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        facts = dict(line.split(": ", 1) for line in head.splitlines() if line)
        texts = {
            language: _parts(_with_days(text, language, now))
            for language, text in zip(parts[::2], parts[1::2], strict=True)
        }
        yield _File(kind=ArticleKind(path.parent.name.upper()), slug=path.stem, facts=facts, texts=texts)


def _parts(text: str) -> tuple[str, str, str]:
    """The first line is the title, the second the summary, the rest the body."""
    title, summary, *body = text.strip().split("\n", 2)
    return title, summary, body[0].strip() if body else ""


def _with_days(text: str, language: str, now: datetime) -> str:
    """Puts the day so many days from now where `{day+3}` stands."""

    def written(match: re.Match[str]) -> str:
        on = local_date(now + timedelta(days=int(match.group(1))))
        return (
            f"{on.year}年{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
        )

    return _DAY.sub(written, text)


def _editor_of(campus: str) -> Actor:
    return staff_actor(_EDITORS[campus]) if campus in _EDITORS else loader()


def _load_article(file: _File, *, now: datetime) -> None:
    facts = file.facts
    written_at = now + timedelta(days=int(facts.get("shown", "-2")))
    department = Department.objects.get(code=facts["department"]) if "department" in facts else None
    campus = facts.get("campus", "IMC")
    content = Content(
        title=file.text(0),
        summary=file.text(1),
        body=file.text(2),
        texts={name: _fact(facts, name) for name in FACT_TEXTS.get(file.kind, ())},
        numbers={name: facts.get(name, "") for name in FACT_NUMBERS.get(file.kind, ())},
        audience=Audience(facts.get("audience", "everyone").upper()),
        symbol=Symbol(facts.get("symbol", "info")),
        is_pinned=facts.get("pinned") == "yes",
        position=int(facts.get("position", "0")),
    )
    article_id = create_article(
        actor=_editor_of(campus),
        subject=ArticleSubject(
            kind=file.kind,
            slug=file.slug,
            campus_code=campus,
            is_hospital_wide="campus" not in facts and department is None,
            department_id=department.id if department else None,
        ),
        content=content,
        is_confirmed=facts.get("english", "reviewed") in {"reviewed", "stale"},
        now=written_at,
    )
    version = 1
    if facts.get("english") == "stale":
        changed = BilingualText(f"{content.body.zh}\n\n已经约好的，请在应用里改时间。", content.body.en)
        version = save_article(
            actor=_editor_of(campus), article_id=article_id, version=1, now=now, content=_with_body(content, changed)
        )
    if "draft" in facts:
        return
    ahead = facts.get("scheduled")
    publish_article(
        actor=_editor_of(campus),
        article_id=article_id,
        version=version,
        now=written_at,
        shown_from=now + timedelta(days=int(ahead)) if ahead else None,
        accepts_gap=True,
    )


def _with_body(content: Content, body: BilingualText) -> Content:
    return Content(
        title=content.title,
        summary=content.summary,
        body=body,
        texts=content.texts,
        numbers=content.numbers,
        symbol=content.symbol,
    )


def _fact(facts: Mapping[str, str], name: str) -> BilingualText:
    zh, en = (facts.get(f"{name}.{language}", "").replace("|", "\n") for language in ("zh", "en"))
    return BilingualText(zh, en)


def _load_doctors(*, now: datetime) -> None:
    profiles = {row["staff_no"]: row for row in read_rows("doctor_profiles.csv")}
    at = now - timedelta(days=_DOCTORS_SHOWN_DAYS)
    for clinician in Clinician.objects.select_related("department").order_by("staff_no"):
        campus = clinician.department.campus_id
        portrait = DATA / "portraits" / f"{clinician.staff_no}.jpg"
        picture_id = add_picture(actor=_editor_of(campus), campus_code=campus, data=portrait.read_bytes(), now=at)
        content = _doctor_content(clinician, profiles.get(clinician.staff_no, {}), picture_id=picture_id)
        article_id = create_article(
            actor=_editor_of(campus),
            subject=ArticleSubject(
                kind=ArticleKind.DOCTOR,
                slug=clinician.staff_no.lower(),
                campus_code=campus,
                is_hospital_wide=True,
                clinician_id=clinician.id,
            ),
            content=content,
            is_confirmed=True,
            now=at,
        )
        publish_article(actor=_editor_of(campus), article_id=article_id, version=1, now=at)


def _doctor_content(clinician: Clinician, row: Mapping[str, str], *, picture_id: UUID) -> Content:
    def both(name: str) -> BilingualText:
        return BilingualText(*(row.get(f"{name}_{language}", "") for language in ("zh", "en")))

    education = both("education")
    body = both("body")
    name = clinician.name
    return Content(
        title=name,
        summary=both("summary"),
        body=BilingualText(_lines(body.zh), _lines(body.en)),
        texts={"education": BilingualText(education.zh.replace("|", "\n"), education.en.replace("|", "\n"))},
        picture_id=picture_id,
        picture_alt=BilingualText(f"{name.zh}医生的画像", f"Portrait of Dr {name.en}"),
    )


def _lines(text: str) -> str:
    """A cell holds one line: headings and list items begin lines of their own again."""
    return re.sub(r" (- |## (\S+(?: \S+)*?)(?= - ))", lambda match: f"\n\n{match.group(1)}", text)
