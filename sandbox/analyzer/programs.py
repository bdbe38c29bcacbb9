"""What the two analyzers measure, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

HIGH_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Channel:
    """One thing that is measured: the machine's code, the unit as it writes it, the usual range, a critical value."""

    code: str
    unit: str
    low: float
    high: float
    decimals: int
    critical: float | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """An analyzer: what it sends as, the coding system of its codes, its channels."""

    key: str
    application: str
    facility: str
    system: str
    channels: tuple[Channel, ...]


HEMATOLOGY = Program(
    key="hematology",
    application="HEMOLINE-5",
    facility="IMC-LAB",
    system="99HEM",
    channels=(
        Channel("WBC", "10*9/L", 3.5, 9.5, 2, critical=38.2),
        Channel("NE%", "%", 40, 75, 1),
        Channel("LY%", "%", 20, 50, 1),
        Channel("MO%", "%", 3, 10, 1),
        Channel("EO%", "%", 0.4, 8, 1),
        Channel("BA%", "%", 0, 1, 1),
        Channel("NE#", "10*9/L", 1.8, 6.3, 2),
        Channel("LY#", "10*9/L", 1.1, 3.2, 2),
        Channel("MO#", "10*9/L", 0.1, 0.6, 2),
        Channel("EO#", "10*9/L", 0.02, 0.52, 2),
        Channel("BA#", "10*9/L", 0, 0.06, 2),
        Channel("RBC", "10*12/L", 4.3, 5.1, 2),
        Channel("HGB", "g/L", 130, 150, 0),
        Channel("HCT", "L/L", 0.40, 0.45, 3),
        Channel("MCV", "fL", 82, 100, 1),
        Channel("MCH", "pg", 27, 34, 1),
        Channel("MCHC", "g/L", 316, 354, 0),
        Channel("RDW-CV", "%", 11, 15, 1),
        Channel("RDW-SD", "fL", 37, 50, 1),
        Channel("PLT", "10*9/L", 125, 350, 0, critical=14),
        Channel("MPV", "fL", 7.4, 11, 1),
        Channel("PDW", "fL", 9, 17, 1),
        Channel("PCT", "%", 0.11, 0.28, 2),
        Channel("P-LCR", "%", 13, 43, 1),
    ),
)
CHEMISTRY = Program(
    key="chemistry",
    application="CHEMLINE-8",
    facility="IMC-LAB",
    system="LN",
    channels=(
        Channel("1742-6", "U/L", 9, 40, 0),
        Channel("1920-8", "U/L", 15, 35, 0),
        Channel("6768-6", "U/L", 45, 125, 0),
        Channel("2324-2", "U/L", 10, 45, 0),
        Channel("14631-6", "umol/L", 5, 21, 1),
        Channel("2885-2", "g/L", 65, 85, 1),
        Channel("1751-7", "g/L", 40, 55, 1),
        Channel("22664-7", "mmol/L", 3.1, 8, 2),
        Channel("14682-9", "umol/L", 57, 97, 0),
        Channel("14933-6", "umol/L", 208, 420, 0),
        Channel("14771-0", "mmol/L", 3.9, 6.1, 2, critical=1.9),
        Channel("2823-3", "mmol/L", 3.5, 5.3, 2, critical=6.9),
        Channel("2951-2", "mmol/L", 137, 147, 1),
        Channel("2075-0", "mmol/L", 99, 110, 1),
        Channel("2000-8", "mmol/L", 2.11, 2.52, 2),
    ),
)
PROGRAMS = {program.key: program for program in (HEMATOLOGY, CHEMISTRY)}


def measure(program: Program, *, is_critical: bool, chance: Random) -> list[tuple[Channel, str]]:
    """A value for every channel; some a little high, and with `is_critical` those that can be critical are."""
    found = []
    for channel in program.channels:
        value = chance.uniform(channel.low, channel.high)
        if is_critical and channel.critical is not None:
            value = channel.critical
        elif chance.random() < HIGH_SHARE:
            value = channel.high * 1.15
        found.append((channel, f"{value:.{channel.decimals}f}"))
    return found
