"""Messages of analyzers that found no report: what waits at the laboratory's desk."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from hospital.workflows.take_measurements import take_message

_COUNT: Final = (("WBC", "7.42", "10*9/L"), ("NE%", "61.3", "%"), ("HGB", "141", "g/L"), ("PLT", "233", "10*9/L"))
_SALTS: Final = (("2823-3", "4.12", "mmol/L"), ("2951-2", "141.0", "mmol/L"), ("2075-0", "103.2", "mmol/L"))


def leave_messages(*, now: datetime) -> None:
    """A label that could not be read, and a control sample that was measured as if it were a patient's."""
    _send("HEMOLINE-5", "99HEM", specimen="2611?0417", values=_COUNT, now=now - timedelta(minutes=22))
    _send("CHEMLINE-8", "LN", specimen="QC-LEVEL-2", values=_SALTS, now=now - timedelta(minutes=9))


def _send(
    application: str, system: str, *, specimen: str, values: Sequence[tuple[str, str, str]], now: datetime
) -> None:
    lines = [
        f"MSH|^~\\&|{application}|IMC-LAB|IMC|IMC|{now:%Y%m%d%H%M%S}||ORU^R01^ORU_R01|{now:%d%H%M}-1|P|2.5.1||||||UTF-8",
        f"OBR|1||{specimen}|PANEL^Panel^{system}",
    ]
    lines += [
        f"OBX|{place}|NM|{code}^{code}^{system}||{value}|{unit}|||||F"
        for place, (code, value, unit) in enumerate(values, start=1)
    ]
    take_message(raw="\r".join(lines).encode(), now=now)
