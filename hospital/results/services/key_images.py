"""The images that a report shows: chosen while it is a draft, kept as they were once it is signed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.results.errors import ExamReportSigned, NotExamReporter, TooManyKeyImages, UnknownReport
from hospital.results.models import ExamKeyImage, ExamReport

MOST_KEY_IMAGES = 6


def add_key_image(
    *,
    report_id: UUID,
    instance_uid: str,
    frame: int,
    window: str,
    caption: BilingualText,
    picture: bytes,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Puts a rendered image (JPEG) into the draft; the same image again gets the new caption.

    Refuses `UnknownReport`, `NotExamReporter`, `ExamReportSigned`, `TooManyKeyImages`.
    """
    with acting(actor=actor):
        report = _lock_draft(report_id=report_id, actor=actor)
        place: dict[str, Any] = {"report": report, "instance_uid": instance_uid, "frame": frame, "window": window}
        others = ExamKeyImage.objects.filter(report=report).exclude(**place)
        if others.count() >= MOST_KEY_IMAGES:
            raise TooManyKeyImages
        row, _made = ExamKeyImage.objects.update_or_create(
            **place,
            defaults={
                "caption_zh": caption.zh.strip()[:120],
                "caption_en": caption.en.strip()[:200],
                "picture": picture,
                "added_by_id": UUID(actor.id),
                "added_at": now,
            },
        )
        _record(report, action="results.add_key_image", actor=actor, now=now)
        return row.id


def drop_key_image(*, report_id: UUID, image_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes an image out of the draft. Refuses `UnknownReport`, `NotExamReporter`, `ExamReportSigned`."""
    with acting(actor=actor):
        report = _lock_draft(report_id=report_id, actor=actor)
        if ExamKeyImage.objects.filter(pk=image_id, report=report).delete()[0]:
            _record(report, action="results.drop_key_image", actor=actor, now=now)


def copy_key_images(*, source_id: UUID, target_id: UUID) -> None:
    """A new version begins with the images of the one before; in the caller's transaction."""
    rows = list(ExamKeyImage.objects.filter(report_id=source_id).order_by("added_at", "id"))
    ExamKeyImage.objects.bulk_create(
        ExamKeyImage(
            report_id=target_id,
            instance_uid=row.instance_uid,
            frame=row.frame,
            window=row.window,
            caption_zh=row.caption_zh,
            caption_en=row.caption_en,
            picture=row.picture,
            added_by_id=row.added_by_id,
            added_at=row.added_at,
        )
        for row in rows
    )


def _lock_draft(*, report_id: UUID, actor: Actor) -> ExamReport:
    rows = ExamReport.objects.select_related("encounter").select_for_update(of=("self",))
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise UnknownReport
    reporters = actor.campuses_of(Role.DOCTOR, Role.IMAGING_TECHNICIAN)
    if actor.kind is not ActorKind.STAFF or report.encounter.campus_id not in reporters:
        raise NotExamReporter
    if report.signed_at is not None:
        raise ExamReportSigned
    return report


def _record(report: ExamReport, *, action: str, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="exam_report",
        subject_id=str(report.id),
        person_id=report.person_id,
        now=now,
        details={"number": report.number, "version": report.version},
    )
