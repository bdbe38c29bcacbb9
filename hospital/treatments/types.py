"""What the front door takes and hands out: frozen, without a database behind it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.treatments.states import SessionState, TreatmentState
from hospital.treatments.vocabulary import Frequency, Laterality, Reaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a treatment is to be given. `dose` is for each session, with a unit of the list; None where there is none."""

    site: str
    laterality: Laterality
    frequency: Frequency
    sessions: int
    dose: Decimal | None = None
    dose_unit: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTreatment:
    """A treatment that was just ordered: each of its sessions is charged by itself."""

    id: UUID
    number: str
    item_code: str
    session_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckView:
    """A record of a session that was struck out, as it stood."""

    done_at: datetime
    executor: BilingualText
    reaction: Reaction
    note: str
    struck_at: datetime
    struck_by: BilingualText
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One session of a treatment. `struck` are earlier records of it that were a mistake, oldest first."""

    id: UUID
    number: int
    state: SessionState
    done_at: datetime | None
    executor: BilingualText
    reaction: Reaction | None
    note: str
    executor_id: UUID | None = None
    struck: tuple[StruckView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentView:
    """A treatment with its sessions in order. `is_due` tells whether one is to be given on the day of reading."""

    id: UUID
    number: str
    encounter_id: UUID
    person_id: UUID
    campus_code: str
    item_code: str
    name: BilingualText
    site: BilingualText
    laterality: Laterality
    side: BilingualText
    dose: Decimal | None
    dose_unit: BilingualText
    frequency: Frequency
    how_often: BilingualText
    remark: str
    is_emergency: bool
    state: TreatmentState
    ordered_by: BilingualText
    ordered_at: datetime
    stopped_at: datetime | None
    stopped_by: BilingualText
    stop_reason: str
    is_due: bool
    sessions: tuple[SessionView, ...]

    @property
    def planned(self) -> int:
        """How many sessions were planned."""
        return len(self.sessions)

    @property
    def done(self) -> int:
        """How many of them were done."""
        return sum(session.state is SessionState.DONE for session in self.sessions)

    @property
    def next_session(self) -> SessionView | None:
        """The next one that is to be given."""
        return next((session for session in self.sessions if session.state is SessionState.PLANNED), None)
