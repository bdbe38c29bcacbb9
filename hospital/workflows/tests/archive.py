"""An image archive that a test fills."""

from hospital.examinations.ports import (
    ArchivedImage,
    ArchivedSeries,
    ArchivedStudy,
    ArchiveUnavailable,
    NoSuchImage,
)


class FakeArchive:
    """Holds one study under the record number that it is given; `is_away` answers nothing."""

    patient_id = ""
    is_away = False
    asked: list[str] = []

    def find_studies(self, *, study_uid, accession):
        self._answer("find")
        return (ArchivedStudy(study_uid, self.patient_id),) if self.patient_id else ()

    def list_series(self, *, study_uid):
        self._answer("list")
        images = tuple(ArchivedImage(instance_uid=f"1.2.{n}", number=n, frames=1) for n in (1, 2, 3))
        return (
            ArchivedSeries(
                study_uid=study_uid, series_uid="1.2", number=1, modality="CT", description="Axial", images=images
            ),
        )

    def render(self, *, study_uid, series_uid, instance_uid, frame, window, most):
        self._answer("render")
        if instance_uid == "1.2.3":
            raise NoSuchImage
        return f"{instance_uid} {frame} {window}".encode()

    def _answer(self, what):
        if FakeArchive.is_away:
            raise ArchiveUnavailable("away")
        FakeArchive.asked.append(what)


def make_archive() -> FakeArchive:
    """What `IMAGE_ARCHIVE` names in tests."""
    return FakeArchive()
