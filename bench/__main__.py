"""Run each benchmark and print its figures; `build/bench.json` keeps them.

A benchmark is a module of this package with `measure() -> dict[str, float | str]`. Figures are ratios of two things
measured in one run, so that they say the same on a fast and on a slow machine; a text says why a figure is left
out. A benchmark that needs the whole product says `NEEDS_PRODUCT = True` and finds it running: its address is in
IMC_PUBLIC_URL, its database in DATABASE_URL (the demonstration hospital is loaded), PostgreSQL's programs in
IMC_PG_BIN.
"""

import importlib
import json
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import bench
from launch.environment import BUILD
from launch.ports import find_free_port
from launch.postgres import find_binaries
from launch.product import Product
from launch.terminal import say

Figures = dict[str, float | str]


def list_benchmarks(names: list[str]) -> list[ModuleType]:
    """The modules to run, in the order of their names; those that need no product first."""
    found = [importlib.import_module(f"bench.{each.name}") for each in pkgutil.iter_modules(bench.__path__)]
    chosen = [each for each in found if hasattr(each, "measure") and (not names or each.__name__[6:] in names)]
    return sorted(chosen, key=needs_product)


def needs_product(module: ModuleType) -> bool:
    """Whether the benchmark talks to a running product."""
    return bool(getattr(module, "NEEDS_PRODUCT", False))


@contextmanager
def running_product() -> Generator[None]:
    """A product on free ports and an empty folder, with a durable database as in real use."""
    with tempfile.TemporaryDirectory(prefix="imc-bench-") as folder:
        Path(folder).chmod(0o755)
        product = Product(folder=Path(folder), port=find_free_port())
        try:
            product.start()
            os.environ.update(product.environment, IMC_PG_BIN=str(find_binaries()))
            yield
        finally:
            product.stop()


def run(modules: list[ModuleType]) -> tuple[Figures, list[str]]:
    """The figures of all, and the names of those that broke."""
    figures: Figures = {}
    broken = []
    for module in modules:
        name = module.__name__.removeprefix("bench.")
        say(name)
        began = time.monotonic()
        try:
            measured = module.measure()
        except Exception:  # noqa: BLE001 - the other benchmarks still run; the status tells
            traceback.print_exc()
            broken.append(name)
            continue
        figures |= measured
        for key, value in measured.items():
            print(f"  {key:40} {value:>14,.3f}" if isinstance(value, float | int) else f"  {key:40} {value}")
        print(f"  ({time.monotonic() - began:.1f} s)", flush=True)
    return figures, broken


def main(names: list[str]) -> int:
    """Measure and write; 1 when a benchmark broke."""
    modules = list_benchmarks(names)
    os.environ.pop("DATABASE_URL", None)
    figures, broken = run([each for each in modules if not needs_product(each)])
    live = [each for each in modules if needs_product(each)]
    if live:
        with running_product():
            more, fallen = run(live)
        figures, broken = figures | more, broken + fallen
    BUILD.mkdir(exist_ok=True)
    (BUILD / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"\nbuild/bench.json: {len(figures)} figures" + (f"; broken: {', '.join(broken)}" if broken else ""))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
