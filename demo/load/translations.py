"""The translation desk: the glossary, some of its terms still without English, and documents on their way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.rows import read_rows
from hospital.clinical_documents.api import list_signed_versions
from hospital.clinical_documents.types import ClinicalKind, SignedVersion
from hospital.kernel.actors import Actor
from hospital.translations.api import get_translation, save_segment, submit_translation
from hospital.translations.models import GlossaryTerm
from hospital.workflows.translate_documents import request_document_translation

TRANSLATOR: Final = "ding.yuwei"
# By the beginning of the source. A Chinese word is left over on purpose, so that the check has something to say; the
# rest of the consent is not written yet.
_CONSENT: Final = {
    "冠状动脉造影": "Coronary angiography",
    "明确冠状动脉": "To find out whether the coronary arteries are narrowed, and to decide on the next treatment.",
    "穿刺部位出血": "Bleeding or hematoma at the puncture site; allergy to the contrast agent; arrhythmia; rarely "
    "myocardial infarction or 脑卒中.",
}


def load_glossary(*, now: datetime) -> None:
    """The terms, as a translator put them in some weeks ago."""
    translator = UUID(staff_actor(TRANSLATOR).id)
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(
            zh=row["zh"],
            en=row["en"],
            also_en=[each for each in row["also_en"].split(";") if each],
            not_en=row["not_en"],
            note=row["note"],
            changed_by_id=translator,
            changed_at=now - timedelta(days=40),
        )
        for row in read_rows("glossary.csv")
    )


def load_translations(*, now: datetime) -> None:
    """A consent that is being translated, urgently, and a certificate that waits for the second reader. What else was
    signed nobody asked for yet."""
    translator = staff_actor(TRANSLATOR)
    kinds = (ClinicalKind.INFORMED_CONSENT, ClinicalKind.SICK_LEAVE)
    signed = {each.kind: each for each in list_signed_versions(campus_codes=["IMC"], kinds=kinds) if each.segments}
    consent, leave = (signed.get(kind) for kind in kinds)
    if consent is not None:
        _write(consent, _CONSENT, is_urgent=True, actor=translator, now=now - timedelta(minutes=25))
    if leave is not None:
        # Its words were translated for another patient's certificate: they are there already.
        translation_id = _write(leave, {}, actor=translator, now=now - timedelta(minutes=50))
        view = get_translation(translation_id=translation_id, actor=translator, now=now)
        if not view.open_findings:
            submit_translation(translation_id=translation_id, actor=translator, now=now - timedelta(minutes=45))


def _write(
    version: SignedVersion, texts: Mapping[str, str], *, actor: Actor, now: datetime, is_urgent: bool = False
) -> UUID:
    translation_id = request_document_translation(
        document_id=version.document_id, is_urgent=is_urgent, actor=actor, now=now
    )
    for segment in get_translation(translation_id=translation_id, actor=actor, now=now).segments:
        known = next((text for start, text in texts.items() if segment.source.startswith(start)), "")
        if known:
            save_segment(translation_id=translation_id, position=segment.position, text=known, actor=actor, now=now)
    return translation_id
