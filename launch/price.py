"""`./imc price FILE.json`: price what-if scenarios with the rules that charge patients; no database is needed.

The answers are written as JSON to the standard output. `-` reads the scenarios from the standard input.
"""

import argparse
import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from launch.checks import check_environment
from launch.messages import compile_stale
from launch.terminal import give_up


def main(arguments: list[str]) -> int:
    """The command; 1 where the file cannot be read."""
    parser = argparse.ArgumentParser(prog="./imc price", description=__doc__)
    parser.add_argument("file", metavar="FILE.json", help='{"cases": [scenario, …]}')
    parser.add_argument("--output", type=Path, help="write the answers to this file")
    options = parser.parse_args(arguments)
    document = read_document(options.file)
    answer = json.dumps(answer_document(document), ensure_ascii=False, indent=2) + "\n"
    if options.output is not None:
        options.output.write_text(answer, encoding="utf-8")
    else:
        sys.stdout.buffer.write(answer.encode())
    return 0


def read_document(name: str) -> Any:
    """The scenarios; numbers keep the decimals they are written with."""
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return json.loads(text.decode("utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError) as fault:
        give_up(f"{name} cannot be read: {fault}")


def answer_document(document: Any) -> Any:
    """The answers, from the product as it is installed."""
    compile_stale()
    os.environ.update(check_environment())
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

    from hospital.billing.api import answer_scenarios
    from hospital.kernel.errors import Refusal

    try:
        return answer_scenarios(document)
    except Refusal as refusal:
        give_up(refusal.message)
