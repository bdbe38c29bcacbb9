"""QIDO-RS and WADO-RS of an image archive (DICOM PS3.18)."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import httpx

from hospital.examinations.ports import (
    ArchivedImage,
    ArchivedSeries,
    ArchivedStudy,
    ArchiveUnavailable,
    NoSuchImage,
    Window,
)

_STUDY, _SERIES, _INSTANCE = "0020000D", "0020000E", "00080018"
_PATIENT_ID, _MODALITY, _DESCRIPTION = "00100020", "00080060", "0008103E"
_SERIES_NUMBER, _INSTANCE_NUMBER, _FRAMES = "00200011", "00200013", "00280008"
_UID: Final = re.compile(r"[0-9.]{1,64}")
_MOST_BYTES: Final = 20_000_000
_NOT_FOUND: Final = (404, 406)


@dataclass(frozen=True, kw_only=True)
class ArchiveConfig:
    """Root of the archive's DICOMweb services and who asks; times in seconds."""

    url: str
    user: str
    password: str = field(repr=False)
    connect_seconds: int
    answer_seconds: float


class DicomWebArchive:
    """Implements `hospital.examinations.ports.ImageArchive`."""

    def __init__(self, config: ArchiveConfig) -> None:
        self._config = config

    def find_studies(self, *, study_uid: str, accession: str) -> tuple[ArchivedStudy, ...]:
        """QIDO-RS, SearchForStudies; see the port."""
        by_uid = self._search("studies", StudyInstanceUID=study_uid, includefield=_PATIENT_ID)
        rows = by_uid or self._search("studies", AccessionNumber=accession, includefield=_PATIENT_ID)
        return tuple(ArchivedStudy(_text(row, _STUDY), _text(row, _PATIENT_ID)) for row in rows if _text(row, _STUDY))

    def list_series(self, *, study_uid: str) -> tuple[ArchivedSeries, ...]:
        """QIDO-RS, SearchForSeries and SearchForInstances; see the port."""
        study = _clean(study_uid)
        images: defaultdict[str, list[ArchivedImage]] = defaultdict(list)
        for row in self._search(f"studies/{study}/instances", includefield=_FRAMES):
            image = ArchivedImage(
                instance_uid=_text(row, _INSTANCE),
                number=_number(row, _INSTANCE_NUMBER),
                frames=max(_number(row, _FRAMES), 1),
            )
            images[_text(row, _SERIES)].append(image)
        found = [
            ArchivedSeries(
                study_uid=study,
                series_uid=uid,
                number=_number(row, _SERIES_NUMBER),
                modality=_text(row, _MODALITY),
                description=_text(row, _DESCRIPTION),
                images=tuple(sorted(images[uid], key=lambda image: (image.number, image.instance_uid))),
            )
            for row in self._search(f"studies/{study}/series", includefield=_DESCRIPTION)
            if images.get(uid := _text(row, _SERIES))
        ]
        return tuple(sorted(found, key=lambda series: (series.number, series.series_uid)))

    def render(
        self, *, study_uid: str, series_uid: str, instance_uid: str, frame: int, window: Window | None, most: int
    ) -> bytes:
        """WADO-RS, RetrieveRenderedFrames; see the port."""
        path = (
            f"studies/{_clean(study_uid)}/series/{_clean(series_uid)}/instances/{_clean(instance_uid)}"
            f"/frames/{frame}/rendered?viewport={most},{most}"
        )
        if window is not None:
            path += f"&window={window.center},{window.width},linear"  # archives take no comma that is written %2C
        answer = self._get(path, {}, kind="image/jpeg")
        if answer.status_code in _NOT_FOUND:
            raise NoSuchImage
        if answer.status_code != 200 or not answer.headers.get("content-type", "").startswith("image/jpeg"):
            raise ArchiveUnavailable(answer.status_code)
        return answer.content

    def _search(self, path: str, **asked: str) -> list[dict[str, Any]]:
        answer = self._get(path, asked, kind="application/dicom+json")
        if answer.status_code in (204, 404):
            return []
        if answer.status_code != 200:
            raise ArchiveUnavailable(answer.status_code)
        try:
            rows = answer.json()
        except ValueError as problem:
            raise ArchiveUnavailable("not JSON") from problem
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ArchiveUnavailable("not a list")
        return rows

    def _get(self, path: str, asked: dict[str, str], *, kind: str) -> httpx.Response:
        config = self._config
        try:
            answer = _client(config).get(f"{config.url}/{path}", params=asked or None, headers={"Accept": kind})
        except httpx.HTTPError as problem:
            raise ArchiveUnavailable(type(problem).__name__) from problem
        if len(answer.content) > _MOST_BYTES:
            raise ArchiveUnavailable("too much")
        return answer


@lru_cache(maxsize=4)
def _client(config: ArchiveConfig) -> httpx.Client:
    """Connections that are kept: a stack of slices is a hundred requests."""
    return httpx.Client(
        timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds),
        auth=(config.user, config.password),
        follow_redirects=False,
        trust_env=False,
    )


def _clean(uid: str) -> str:
    """An identifier that may stand in an address: what came from an archive is not trusted."""
    if not _UID.fullmatch(uid):
        raise NoSuchImage
    return uid


def _text(row: dict[str, Any], tag: str) -> str:
    values = (row.get(tag) or {}).get("Value") or [""]
    return str(values[0]).strip()


def _number(row: dict[str, Any], tag: str) -> int:
    text = _text(row, tag)
    return int(text) if text.lstrip("-").isdigit() else 0
