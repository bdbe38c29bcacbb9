"""The images of an examination, from the archive to whoever may read it (R57, A08)."""

import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core.cache import cache

from hospital.audit.api import acting, record_act
from hospital.examinations.api import number_studies
from hospital.examinations.ports import (
    ArchivedImage,
    ArchivedSeries,
    ArchiveUnavailable,
    NoSuchImage,
    Window,
    image_archive,
)
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.types import BilingualText
from hospital.orders.api import get_order, list_lines
from hospital.patients.api import list_people
from hospital.results.api import add_key_image, get_exam_report, list_exam_reports
from hospital.results.errors import UnknownExamination, UnknownReport
from hospital.workflows.errors import ArchiveAway, UnknownImage

MOST_PIXELS = 1024
PAPER_PIXELS = 640
_LISTED_SECONDS = 60
_SEEN_SECONDS = 600
log = logging.getLogger(__name__)


class ImageWindow(StrEnum):
    """Which gray values of a CT are shown."""

    LUNG = "LUNG"
    SOFT = "SOFT"
    BONE = "BONE"
    BRAIN = "BRAIN"


_WINDOWS = {
    ImageWindow.LUNG: Window(-600, 1500),
    ImageWindow.SOFT: Window(40, 400),
    ImageWindow.BONE: Window(400, 1800),
    ImageWindow.BRAIN: Window(40, 80),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamImages:
    """The series of an examination; `is_away`: the archive does not answer, so nobody knows what there is."""

    series: tuple[ArchivedSeries, ...] = ()
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """Which image: places in the list of series and of its images from 0, frame from 1."""

    series: int
    image: int
    frame: int = 1

    @property
    def text(self) -> str:
        """As it stands in an address: `0.12.1`."""
        return f"{self.series}.{self.image}.{self.frame}"


def list_exam_images(*, line_id: UUID, actor: Actor, now: datetime) -> ExamImages:
    """The images of an ordered examination, for its staff; the look leaves a trace.

    Refusals: `UnknownExamination`, `UnknownOrder`, `NoCareRelation`, `NotClinicalStaff`.
    """
    person_id = _check_staff(line_id=line_id, actor=actor, now=now)
    return _list(line_id=line_id, person_id=person_id, actor=actor, now=now)


def list_report_images(*, report_id: UUID, actor: Actor, now: datetime) -> ExamImages:
    """The images beside a report that the patient may read; the look leaves a trace. Refusals: `UnknownReport`,
    `ReportClosed`."""
    report = get_exam_report(report_id=report_id, actor=actor, now=now)
    return _list(line_id=report.order_line_id, person_id=report.person_id, actor=actor, now=now)


def render_exam_image(
    *, line_id: UUID, place: ImagePlace, window: ImageWindow | None, actor: Actor, now: datetime
) -> bytes:
    """One image as JPEG, for the examination's staff. Refusals: `UnknownImage`, `ArchiveAway` and those of
    `list_exam_images`."""
    person_id = _check_staff(line_id=line_id, actor=actor, now=now)
    return _render(line_id=line_id, person_id=person_id, place=place, window=window, actor=actor, now=now)


def render_report_image(
    *, report_id: UUID, place: ImagePlace, window: ImageWindow | None, actor: Actor, now: datetime
) -> bytes:
    """One image as JPEG, for a patient who may read the report. Refusals: `UnknownImage`, `ArchiveAway` and those of
    `list_report_images`."""
    report = get_exam_report(report_id=report_id, actor=actor, now=now)
    return _render(
        line_id=report.order_line_id, person_id=report.person_id, place=place, window=window, actor=actor, now=now
    )


def read_place(text: str) -> ImagePlace:
    """The place in an address; one that no image has where it cannot be read."""
    parts = text.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return ImagePlace(-1, -1)
    return ImagePlace(*map(int, parts))


def list_places(*, images: ExamImages) -> list[list[ImagePlace]]:
    """Every frame that can be shown, by series."""
    return [
        [
            ImagePlace(place, number, frame)
            for number, image in enumerate(series.images)
            for frame in range(1, image.frames + 1)
        ]
        for place, series in enumerate(images.series)
    ]


def choose_key_image(
    *, line_id: UUID, place: ImagePlace, window: ImageWindow | None, caption: BilingualText, actor: Actor, now: datetime
) -> UUID:
    """Copies an image into the draft of the examination's report; returns its id.

    Refusals: `UnknownReport` (nothing is being written), those of `render_exam_image` and of `results.add_key_image`.
    """
    person_id = _check_staff(line_id=line_id, actor=actor, now=now)
    report = list_exam_reports(order_line_ids=[line_id]).get(line_id)
    if report is None:
        raise UnknownReport
    images = _list(line_id=line_id, person_id=person_id, actor=actor, now=now)
    if images.is_away:
        raise ArchiveAway
    _series, image = find_image(images=images, place=place)
    picture = _fetch(images=images, place=place, window=window, most=PAPER_PIXELS)
    return add_key_image(
        report_id=report.id,
        instance_uid=image.instance_uid,
        frame=place.frame,
        window=window or "",
        caption=caption,
        picture=picture,
        actor=actor,
        now=now,
    )


def find_image(*, images: ExamImages, place: ImagePlace) -> tuple[ArchivedSeries, ArchivedImage]:
    """The image at a place. Refuses `UnknownImage`."""
    is_there = 0 <= place.series < len(images.series) and 0 <= place.image < len(images.series[place.series].images)
    if not is_there:
        raise UnknownImage
    series = images.series[place.series]
    if not 1 <= place.frame <= series.images[place.image].frames:
        raise UnknownImage
    return series, series.images[place.image]


def _check_staff(*, line_id: UUID, actor: Actor, now: datetime) -> UUID:
    line = list_lines(line_ids=[line_id]).get(line_id)
    if line is None or line.executed_at is None:
        raise UnknownExamination
    return get_order(order_id=line.order_id, actor=actor, now=now).person_id


def _list(*, line_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> ExamImages:
    """Kept for a minute, so that a stack of slices does not ask the archive what it holds for every slice."""
    key = f"exam_images:{line_id}"
    found: ExamImages | None = cache.get(key)
    if found is None:
        found = _ask(line_id=line_id, person_id=person_id, now=now)
        if found.series:
            cache.set(key, found, _LISTED_SECONDS)
    if found.series:
        _trace(line_id=line_id, person_id=person_id, actor=actor, now=now)
    return found


def _ask(*, line_id: UUID, person_id: UUID, now: datetime) -> ExamImages:
    """What the archive has of this examination under the patient's own record number: a device may have been given
    another patient's accession number by hand."""
    archive_actor = system_actor("image_archive")
    with acting(actor=archive_actor):
        numbers = number_studies(line_ids=[line_id], now=now)[line_id]
    person = list_people(actor=archive_actor, person_ids=[person_id], now=now)[person_id]
    archive = image_archive()
    try:
        studies = archive.find_studies(study_uid=numbers.study_uid, accession=numbers.accession)
        own = [study for study in studies if study.patient_id in set(person.mrns.values())]
        if len(own) < len(studies):
            log.warning("a study under accession %s belongs to another record number", numbers.accession)
        return ExamImages(
            series=tuple(series for study in own for series in archive.list_series(study_uid=study.study_uid))
        )
    except ArchiveUnavailable as problem:
        log.warning("the image archive does not answer: %s", problem)
        return ExamImages(is_away=True)


def _render(
    *, line_id: UUID, person_id: UUID, place: ImagePlace, window: ImageWindow | None, actor: Actor, now: datetime
) -> bytes:
    images = _list(line_id=line_id, person_id=person_id, actor=actor, now=now)
    if images.is_away:
        raise ArchiveAway
    return _fetch(images=images, place=place, window=window, most=MOST_PIXELS)


def _fetch(*, images: ExamImages, place: ImagePlace, window: ImageWindow | None, most: int) -> bytes:
    series, image = find_image(images=images, place=place)
    try:
        return image_archive().render(
            study_uid=series.study_uid,
            series_uid=series.series_uid,
            instance_uid=image.instance_uid,
            frame=place.frame,
            window=_WINDOWS[window] if window is not None and series.modality == "CT" else None,
            most=most,
        )
    except ArchiveUnavailable as problem:
        log.warning("the image archive does not answer: %s", problem)
        raise ArchiveAway from problem
    except NoSuchImage as problem:
        raise UnknownImage from problem


def _trace(*, line_id: UUID, person_id: UUID, actor: Actor, now: datetime) -> None:
    """One entry for a sitting, not one for every slice (N14)."""
    if not cache.add(f"exam_images_seen:{actor.kind}:{actor.id}:{line_id}", True, _SEEN_SECONDS):
        return
    with acting(actor=actor):
        record_act(
            actor=actor,
            action="results.view_images",
            subject_kind="examination",
            subject_id=str(line_id),
            person_id=person_id,
            now=now,
        )
