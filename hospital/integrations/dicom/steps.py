"""What a device says of the examination that it does (DICOM PS3.4 F.7, modality performed procedure step)."""

from dataclasses import dataclass
from typing import Any

from pydicom.dataset import Dataset

from hospital.examinations.states import StepState

_STATES = {
    "IN PROGRESS": StepState.IN_PROGRESS,
    "COMPLETED": StepState.COMPLETED,
    "DISCONTINUED": StepState.DISCONTINUED,
}


class StepNotReadable(Exception):
    """An attribute that has to be there is missing (`is_missing`), or says what it cannot say."""

    def __init__(self, *, is_missing: bool) -> None:
        super().__init__()
        self.is_missing = is_missing


@dataclass(frozen=True, slots=True)
class BegunStep:
    """Which examinations a device has begun, as the worklist had named them."""

    accessions: tuple[str, ...]
    study_uids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """How a step goes on; `reason` where it was stopped."""

    state: StepState
    reason: str


def read_begun(said: Dataset) -> BegunStep:
    """Reads the message that creates a step; it has to be in progress. Raises `StepNotReadable`."""
    if _state(said) is not StepState.IN_PROGRESS:
        raise StepNotReadable(is_missing=False)
    scheduled = said.get("ScheduledStepAttributesSequence") or ()
    if not scheduled:
        raise StepNotReadable(is_missing=True)
    accessions = tuple(filter(None, (_text(each, "AccessionNumber") for each in scheduled)))
    studies = tuple(filter(None, (_text(each, "StudyInstanceUID") for each in scheduled)))
    if not accessions and not studies:
        raise StepNotReadable(is_missing=True)
    return BegunStep(accessions, studies)


def read_changed(said: Dataset) -> ChangedStep:
    """Reads the message that changes a step; without a state it goes on. Raises `StepNotReadable`."""
    if not _text(said, "PerformedProcedureStepStatus"):
        return ChangedStep(StepState.IN_PROGRESS, "")
    reasons = said.get("PerformedProcedureStepDiscontinuationReasonCodeSequence") or ()
    reason = next(filter(None, (_text(each, "CodeMeaning") or _text(each, "CodeValue") for each in reasons)), "")
    return ChangedStep(_state(said), reason or _text(said, "CommentsOnThePerformedProcedureStep"))


def _state(said: Dataset) -> StepState:
    text = _text(said, "PerformedProcedureStepStatus").upper()
    if not text:
        raise StepNotReadable(is_missing=True)
    if text not in _STATES:
        raise StepNotReadable(is_missing=False)
    return _STATES[text]


def _text(data: Dataset, keyword: str) -> str:
    value: Any = data.get(keyword)
    return "" if value is None else str(value).strip()
