"""Messages as an analyzer writes them."""

from dataclasses import replace
from typing import Any

from hospital.analyzers.api import load_analyzers
from hospital.analyzers.types import NewAnalyzer
from hospital.kernel.types import BilingualText

ANALYZER = NewAnalyzer(
    code="hema-1",
    name=BilingualText("血液分析仪", "Hematology analyzer"),
    campus_code="IMC",
    application="HEMA",
    facility="LAB",
    codes={"WBC#": "WBC", "HGB": "HGB", "PLT#": "PLT"},
)
COUNT = (("WBC#", "6.1", "10*9/L"), ("HGB", "128", "g/L"), ("PLT#", "241", "10*9/L"))


def make_analyzer(**facts: Any) -> None:
    """The hematology analyzer of the campus."""
    load_analyzers(analyzers=[replace(ANALYZER, **facts)])


def write_message(
    *,
    specimen: str = "26112500001",
    control_id: str = "1",
    observations: tuple[tuple[str, str, str], ...] = COUNT,
    application: str = "HEMA",
    message_type: str = "ORU^R01",
    processing_id: str = "P",
    version: str = "2.5.1",
    charset: str = "UNICODE UTF-8",
    at: str = "20261125110000",
    name: str = "",
) -> bytes:
    """An ORU^R01 of one specimen."""
    lines = [
        f"MSH|^~\\&|{application}|LAB|IMC|IMC|{at}||{message_type}|{control_id}|{processing_id}|{version}||||||{charset}",
        f"PID|1||||{name}",
        f"OBR|1||{specimen}|CBC^Blood count^99LAB",
        *(
            f"OBX|{number}|NM|{code}^{code}^99LAB||{text}|{unit}|||||F"
            for number, (code, text, unit) in enumerate(observations, start=1)
        ),
    ]
    codec = "gb18030" if charset.upper().startswith("GB") else "utf-8"
    return ("\r".join(line.rstrip("|") for line in lines) + "\r").encode(codec)
