"""The data of the price notice."""

from dataclasses import dataclass

from hospital.documents.types.people import Letterhead, PaperPatient, Signature
from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePoint:
    """One line of a notice: what, and what is said about it."""

    what: BilingualText
    said: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceNoticePaper:
    """The notice that a patient or guardian signs before the first surcharge (F46, domain brief 1.4).

    `code` names the text that was shown; the rates are those of the published rules on the day of printing.
    """

    letterhead: Letterhead
    patient: PaperPatient
    service: BilingualText
    code: str
    rates: tuple[NoticePoint, ...]
    exempt: tuple[BilingualText, ...]
    payers: tuple[NoticePoint, ...]
    sections: tuple[NoticePoint, ...]
    signatures: tuple[Signature, ...] = ()
