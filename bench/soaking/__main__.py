"""Runs a soak on the migrated, empty database of DATABASE_URL: `python -m bench.soaking --operations 300`.

Prints what does not agree and ends with one line of JSON. The sandbox is its own.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from sandbox.process import SandboxAddress, running_sandbox

# A sandbox and callers with little patience, so that what comes too late does so often and soon.
SANDBOX = {"IMC_SANDBOX_PENDING_SECONDS": "1", "IMC_SANDBOX_SLOW_SECONDS": "1.4", "IMC_SANDBOX_LATE_SECONDS": "1"}
PATIENCE = ("CARD", "ALIPAY", "CARD_TERMINAL", "FISCAL", "WECHAT_PAY")


def product_side(address: SandboxAddress) -> dict[str, str]:
    """What the product's settings need to reach this sandbox."""
    return {
        "IMC_SANDBOX_URL": address.url,
        "IMC_SMTP_PORT": str(address.smtp_port),
        "IMC_CARD_MERCHANT_ID": address.merchant_id,
        "IMC_CARD_API_PASSWORD": address.api_password,
        "IMC_CARD_WEBHOOK_SECRET": address.webhook_secret,
        "IMC_CARD_TERMINAL_MERCHANT_ID": address.card_terminal_merchant_id,
        "IMC_CARD_TERMINAL_SECRET": address.card_terminal_secret,
        "IMC_FISCAL_APP_ID": address.fiscal_app_id,
        "IMC_FISCAL_APP_KEY": address.fiscal_app_key,
        **{name: value for name, value in {**address.wechat_pay, **address.alipay}.items() if "SANDBOX" not in name},
        **{f"IMC_{name}_ANSWER_SECONDS": "1" for name in PATIENCE},
    }


def main() -> int:
    """1 where anything does not agree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--operations", type=int, required=True)
    parser.add_argument("--visits", type=int, default=12)
    parser.add_argument("--clerks", type=int, default=3)
    parser.add_argument("--seconds-between", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="imc-soak-") as folder,
        running_sandbox(**SANDBOX) as address,
    ):
        os.environ |= product_side(address)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        result = soak(wanted, address, Path(folder))
    print(json.dumps(result))
    return 1 if result["faults"] or result["lost_cents"] else 0


def soak(wanted: argparse.Namespace, address: SandboxAddress, folder: Path) -> dict[str, object]:
    """Figures, and `faults`: all that does not agree or went wrong in a way that nobody foresaw."""
    import django

    django.setup()
    from bench.soaking.clock import Shared
    from bench.soaking.conductor import Conductor
    from bench.soaking.ground import lay_ground

    shared = Shared()
    shared.install()
    conductor = Conductor(
        ground=lay_ground(visits=wanted.visits),
        sandbox=address,
        folder=folder,
        shared=shared,
        operations=wanted.operations,
        clerks=wanted.clerks,
        seconds_between=wanted.seconds_between,
        seed=wanted.seed,
    )
    began = time.monotonic()
    try:
        conductor.run()
        worked = time.monotonic() - began
        stuck = conductor.settle()
        settled = time.monotonic() - began - worked
        books = conductor.check()
    finally:
        conductor.band.kill_all()
    broken = (folder / "faults.txt").read_text(encoding="utf-8") if (folder / "faults.txt").exists() else ""
    faults = [*stuck, *books.differences, *([broken] if broken else [])]
    for fault in faults:
        print(fault, file=sys.stderr)
    return {
        "operations": conductor.count_operations(),
        "kills": conductor.band.kills,
        "seconds": round(worked, 1),
        "settling_seconds": round(settled, 1),
        "lost_cents": books.lost_cents,
        "taken": str(books.taken),
        "outcomes": count_outcomes(folder),
        "faults": faults,
    }


def count_outcomes(folder: Path) -> dict[str, int]:
    """How often operations ended in what way."""
    from collections import Counter

    from bench.soaking.journal import read_rows

    found: Counter[str] = Counter()
    for path in folder.glob("clerk-*.jsonl"):
        kinds: dict[str, str] = {}
        for row in read_rows(path):
            kinds |= {row["id"]: row["kind"]} if "kind" in row else {}
            if "outcome" in row:
                found[f"{kinds.get(row['id'], '?')} {row['outcome']}"] += 1
    return dict(sorted(found.items()))


if __name__ == "__main__":
    sys.exit(main())
