"""Ten thousand operations with money while processes are killed at random: afterwards every cent is accounted for.

Clerks charge, collect in several tenders, refund, void and close their tills, patients pay on their phones, a partner's
machine pays over the signed interface; two workers carry out the jobs and a web server takes the channels' notices. All
of them are killed (SIGKILL) at random points and started again, what was in hand is done again under its old keys, the
channels answer too late, twice or not at all, and the clock jumps. At the end everything settles and the sums of
`bench/soaking/sums.py` are compared with each other and with the channels' own books.

It has a database of its own. SOAK_OPERATIONS says how many operations, where another
number is wanted (the product's own variables, IMC_…, do not reach a bench).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from launch.environment import ROOT, new_secrets
from launch.postgres import Cluster
from launch.processes import Watchdog

OPERATIONS = int(os.environ.get("SOAK_OPERATIONS") or 10_000)
VISITS, CLERKS = 60, 6
SECONDS_BETWEEN_KILLS = 1.5


def measure() -> dict[str, float | str]:
    """`soak_operations`, `soak_kills`, `soak_lost_cents` and `soak_differences`; the last two must be 0."""
    with tempfile.TemporaryDirectory(prefix="imc-bench-soak-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "static").mkdir()
        watchdog = Watchdog()
        cluster = Cluster(folder)
        try:
            cluster.start(watchdog)
            result = _run(folder, cluster.url)
        finally:
            cluster.stop()
            watchdog.close()
    for outcome, times in result["outcomes"].items():
        print(f"    {times:6} {outcome}")
    return {
        "soak_operations": float(result["operations"]),
        "soak_operations_per_second": float(result["operations"]) / float(result["seconds"]),
        "soak_kills": float(result["kills"]),
        "soak_lost_cents": float(result["lost_cents"]),
        "soak_differences": float(len(result["faults"])),
    }


def _run(folder: Path, url: str) -> dict[str, Any]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("IMC_")},
        **new_secrets(),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "IMC_DATA_DIR": str(folder),
        "IMC_LOG_LEVEL": "CRITICAL",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], env=environment, cwd=ROOT, check=True)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench.soaking", "--operations", str(OPERATIONS)),
            *("--visits", str(VISITS), "--clerks", str(CLERKS), "--seconds-between", str(SECONDS_BETWEEN_KILLS)),
        ],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    *said, last = done.stdout.splitlines() or [""]
    print("\n".join(said))
    result: dict[str, Any] = json.loads(last)
    return result
