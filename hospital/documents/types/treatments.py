"""The sheet of a treatment: what was ordered, and what was given (D54)."""

from dataclasses import dataclass
from datetime import datetime

from hospital.documents.types.people import Letterhead, PaperPatient, Signature
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedSession:
    """One session; what is None waits for a pen. `is_left_out`: the treatment was stopped before it. `struck` says who
    struck out a wrong record of it, when and why; the record itself is printed crossed out."""

    number: int
    done_at: datetime | None = None
    executor: BilingualText | None = None
    reaction: BilingualText | None = None
    note: BilingualText | None = None
    is_left_out: bool = False
    struck: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentSheet:
    """A treatment order with the record of its sessions."""

    letterhead: Letterhead
    patient: PaperPatient
    order_number: str
    visit_number: str
    department: BilingualText
    payer: BilingualText
    ordered_at: datetime
    diagnosis: BilingualText
    item: BilingualText
    site: BilingualText
    dose: BilingualText | None
    frequency: BilingualText
    remark: BilingualText | None
    sessions: tuple[TreatedSession, ...]
    stopped: BilingualText | None = None
    signatures: tuple[Signature, ...] = ()
