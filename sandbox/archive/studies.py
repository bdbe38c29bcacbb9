"""What lies in the archive: studies, and which series and images each kind of device makes."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


class Study(msgspec.Struct, kw_only=True):
    """One examination that was sent to the archive. `at`: day and time as DICOM writes them, `20261125103000`."""

    study_uid: str
    accession: str
    patient_id: str
    patient_name: str
    modality: str
    description: str
    at: str


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """A series of one kind of device."""

    number: int
    description: str
    images: int
    look: str


_PLANS: dict[str, tuple[SeriesPlan, ...]] = {
    "CT": (SeriesPlan(1, "Scout", 1, "scout"), SeriesPlan(2, "Axial 5 mm", 24, "body")),
    "MR": (SeriesPlan(1, "T1 axial", 12, "head"), SeriesPlan(2, "T2 axial", 12, "head_bright")),
    "DX": (SeriesPlan(1, "PA and lateral", 2, "scout"),),
    "MG": (SeriesPlan(1, "CC and MLO", 4, "breast"),),
    "US": (SeriesPlan(1, "Ultrasound", 6, "fan"),),
    "ES": (SeriesPlan(1, "Endoscopy", 6, "lumen"),),
}
_OTHER = (SeriesPlan(1, "Images", 1, "scout"),)


def plan_of(study: Study) -> tuple[SeriesPlan, ...]:
    """The series of a study."""
    return _PLANS.get(study.modality, _OTHER)


def series_uid(study: Study, series: SeriesPlan) -> str:
    """The identifier of a series: the study's, cut to leave room, and its number."""
    return f"{study.study_uid[:56]}.{series.number}"


def instance_uid(study: Study, series: SeriesPlan, number: int) -> str:
    """The identifier of an image."""
    return f"{series_uid(study, series)}.{number}"
