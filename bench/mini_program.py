"""How large the mini program's packages are, and how long it takes to start on WeChat's own component framework.

WeChat takes 2 MB a package; the figures are kilobytes of what is uploaded. The start is the time from opening the page
in Chromium to the first page drawn, which is code and drawing alone: no network, no WeChat.
"""

import statistics
import tempfile
from pathlib import Path

from launch.chromium import open_browser
from launch.mini_program import VISITORS_APP_ID, build, list_compiler_faults, pack, package_sizes, serving
from launch.patient_app import APP

PUBLIC_URL = "https://imc.example"
ROUNDS = 5


def measure() -> dict[str, float | str]:
    """`mp_main_kb`, `mp_largest_subpackage_kb`, `mp_total_kb`, `mp_packages`, `mp_refused_files`, `mp_start_ms`."""
    folder = APP / "dist" / "build" / "mp-weixin-test"
    build(PUBLIC_URL, VISITORS_APP_ID, folder)
    sizes = package_sizes(folder)
    parts = [size for name, size in sizes.items() if name != "main"]
    return {
        "mp_main_kb": round(sizes["main"] / 1000, 1),
        "mp_largest_subpackage_kb": round(max(parts, default=0) / 1000, 1),
        "mp_total_kb": round(sum(sizes.values()) / 1000, 1),
        "mp_packages": len(sizes),
        "mp_refused_files": len(list_compiler_faults(folder)),
        "mp_start_ms": round(_median_start(folder), 0),
    }


def _median_start(program: Path) -> float:
    with tempfile.TemporaryDirectory(prefix="imc-bench-mp-") as name:
        packed = Path(name) / "packed"
        pack(program, packed)
        with serving(packed, {}) as url, open_browser() as browser:
            spent = []
            for _ in range(ROUNDS):
                with browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN") as context:
                    page = context.new_page()
                    page.goto(url)
                    page.wait_for_function("window.__mpReady")
                    spent.append(float(page.evaluate("performance.now()")))
    return statistics.median(spent)
