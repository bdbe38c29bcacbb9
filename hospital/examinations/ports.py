"""What examinations need from the archive in which devices keep their images (PACS)."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class ArchiveUnavailable(Exception):
    """No answer, or none that can be read: nobody knows whether there are images."""


class NoSuchImage(Exception):
    """The archive does not have this image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedImage:
    """One image; `frames` above 1 where it moves."""

    instance_uid: str
    number: int
    frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedSeries:
    """Images that were taken in one go, in their order."""

    study_uid: str
    series_uid: str
    number: int
    modality: str
    description: str
    images: tuple[ArchivedImage, ...]


@dataclass(frozen=True, slots=True)
class ArchivedStudy:
    """A study as the archive knows it, with the record number that the device was given."""

    study_uid: str
    patient_id: str


@dataclass(frozen=True, slots=True)
class Window:
    """Which gray values are shown, in the image's own units: around `center`, `width` wide."""

    center: int
    width: int


class ImageArchive(Protocol):
    """An image archive. Every call raises `ArchiveUnavailable`."""

    def find_studies(self, *, study_uid: str, accession: str) -> tuple[ArchivedStudy, ...]:
        """Studies with this identifier; where there is none, those with this accession number."""

    def list_series(self, *, study_uid: str) -> tuple[ArchivedSeries, ...]:
        """The series of a study with their images, in their order; those without images are left out."""

    def render(
        self, *, study_uid: str, series_uid: str, instance_uid: str, frame: int, window: Window | None, most: int
    ) -> bytes:
        """A frame (from 1) as JPEG, no side longer than `most`, gray values as the image itself asks unless `window`
        says otherwise. Raises `NoSuchImage`."""


def image_archive() -> ImageArchive:
    """The archive that the settings connect (`IMAGE_ARCHIVE`, a dotted path to a function without arguments)."""
    archive: ImageArchive = import_string(settings.IMAGE_ARCHIVE)()
    return archive
