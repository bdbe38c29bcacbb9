"""The patient app in H5: Lighthouse's scores as a telephone on a slow network, and the size of the first load.

Scores are Lighthouse's own, 0 to 100, of its mobile profile (slow 4G, a processor four times slower); each is the
median of three runs.
"""

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from launch.app_pages import DEMO_PATIENT, Visitor, address_of, sign_in_patient
from launch.chromium import FLAGS, find_chromium
from launch.patient_app import H5, find_node, install_locked, node_environment

NEEDS_PRODUCT = True
RUNS = 3
LIGHTHOUSE = Path(__file__).resolve().parent / "lighthouse"
PAGES = {"home": "pages/home", "booking": "booking/doctors", "bill": "bills/bills"}


def measure() -> dict[str, float | str]:
    """`h5_*`: performance, accessibility, best practices and time until usable of three pages; KB of the first load."""
    base = os.environ["IMC_PUBLIC_URL"]
    figures: dict[str, float | str] = {"h5_first_load_kb": round(first_load(base) / 1000, 1)}
    patient = sign_in_patient(base, os.environ["IMC_SANDBOX_URL"], DEMO_PATIENT)
    runs = [audit(base, patient) for _ in range(RUNS)]
    for page in PAGES:
        for category in ("performance", "accessibility", "best_practices"):
            figures[f"h5_{page}_{category}"] = round(100 * median(run[page][category] for run in runs))
        figures[f"h5_{page}_usable_seconds"] = round(median(run[page]["interactive_ms"] for run in runs) / 1000, 2)
    return figures


def audit(base: str, patient: Visitor) -> dict[str, dict[str, Any]]:
    """The scores of one run over all pages."""
    install_locked(LIGHTHOUSE)
    task = {
        "chromium": find_chromium(),
        "flags": list(FLAGS),
        "base": f"{base}/",
        "storage": {
            "language": json.dumps({"type": "string", "data": "en"}),
            "session": json.dumps({"type": "object", "data": dict(patient.session or {})}),
        },
        "pages": {name: f"#{address_of(page, patient)}" for name, page in PAGES.items()},
    }
    done = subprocess.run(
        [find_node(), "run.mjs"],
        cwd=LIGHTHOUSE,
        env=node_environment(),
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    scores: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return scores


def first_load(base: str) -> int:
    """Bytes, as sent, of the page and of the files that it names."""
    page = (H5 / "index.html").read_text(encoding="utf-8")
    named = {part.split('"')[0] for part in page.split('"./')[1:]}
    total = 0
    for path in ("", *sorted(named)):
        with urlopen(Request(f"{base}/{path}", headers={"Accept-Encoding": "br"}), timeout=30) as answer:  # noqa: S310 - our own address
            total += len(answer.read())
    return total
