"""Translators, sources and translations for the tests of this context."""

from datetime import UTC, datetime
from uuid import UUID

from hospital.encounters.tests.clinic import make_campus, make_staff
from hospital.kernel.actors import Actor, Role, system_actor
from hospital.kernel.types import BilingualText
from hospital.translations import api
from hospital.translations.types import SourceSegment, SourceText, Subject

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SUBJECT = Subject("letters.letter", "L-1")
TEXTS = {
    "complaint.1": ("左膝疼痛三天。", "Pain in the left knee for three days."),
    "plan.1": ("布洛芬 0.4 g，每日 2 次，共 5 天。", "Ibuprofen 0.4 g twice a day for 5 days."),
}


def make_translator(name: str = "song", *, campus: str = "IMC") -> Actor:
    """A member of staff who translates at a campus."""
    make_campus(campus)
    return make_staff(Role.TRANSLATOR, campus=campus, name=name)


def make_source(
    texts: dict[str, str] | None = None, *, version: int = 1, digest: str = "d1", subject: Subject = SUBJECT
) -> SourceText:
    """A signed Chinese text."""
    chosen = texts if texts is not None else {key: zh for key, (zh, _) in TEXTS.items()}
    return SourceText(
        subject=subject,
        version=version,
        digest=digest,
        language="zh",
        title=BilingualText("诊断证明书", "Medical certificate"),
        segments=tuple(SourceSegment(key, BilingualText("主诉", "Complaint"), text) for key, text in chosen.items()),
        person_id=None,
        person_name="MOREAU Camille",
        campus_code="IMC",
        signed_by=BilingualText("林志远", "LIN Zhiyuan"),
        signed_at=NOON,
        names=("莫罗",),
    )


def request(source: SourceText | None = None) -> UUID:
    """A requested translation."""
    return api.request_translation(source=source or make_source(), actor=system_actor("test"), now=NOON)


def write(translation_id: UUID, translator: Actor, texts: dict[str, str] | None = None) -> None:
    """Writes every segment whose text is known."""
    known = texts or {key: en for key, (_, en) in TEXTS.items()}
    view = api.get_translation(translation_id=translation_id, actor=translator, now=NOON)
    for segment in view.segments:
        if segment.key in known:
            api.save_segment(
                translation_id=translation_id,
                position=segment.position,
                text=known[segment.key],
                actor=translator,
                now=NOON,
            )


def release(translation_id: UUID, translator: Actor, reader: Actor) -> None:
    """Writes, submits and releases."""
    write(translation_id, translator)
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    api.release_translation(translation_id=translation_id, actor=reader, now=NOON)
