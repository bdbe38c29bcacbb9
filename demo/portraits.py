"""Portraits of the demonstration's doctors: drawn for this project, of nobody.

`python -m demo.portraits` draws them anew into `data/portraits/` (it needs a Chromium; see `launch/chromium.py`).
"""

import csv
import io
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image
from playwright.sync_api import sync_playwright

from launch.chromium import find_chromium

DATA: Final = Path(__file__).resolve().parent / "data"
_SIDE: Final = 240
_GROUNDS: Final = ("#DAF0EC", "#E2EAF8", "#FCEBD6", "#DDF3E4", "#EFE6F7", "#F6E9E4", "#E4EEF1", "#F3F0DA")
_SKINS: Final = ("#F3CDB0", "#F0C4A2", "#EDBE9B", "#F6D5BC")
_HAIRS: Final = ("#1E2524", "#2B2522", "#33291F", "#242A33")
_GREYS: Final = ("#7A8582", "#8C9391", "#5C6664")
_TIES: Final = ("#7CC4BC", "#7FA6D6", "#D89A6A", "#A58BC4", "#86B98B")
_WOMEN: Final = (
    # Behind the head, then before it.
    (
        "M28 40c0-16 9-23 20-23s20 7 20 23c0 10 1 17-3 21H31c-4-4-3-11-3-21z",
        "M31 42c0-14 6-21 17-21s17 7 17 21c-3-3-5-7-6-11-6 4-18 4-22 1-1 4-3 7-6 10z",
    ),
    (
        "M27 42c0-18 9-25 21-25s21 7 21 25c0 14 2 26-2 30H29c-4-4-2-16-2-30z",
        "M31 43c0-15 6-22 17-22s17 7 17 22c-2-5-5-9-9-12-7 1-14 0-18-1-3 3-6 8-7 13z",
    ),
    (
        "M43 15a5.500 5.500 0 1 1 11 0 5.500 5.500 0 0 1-11 0zM30 42c0-16 8-23 18-23s18 7 18 23v4H30z",
        "M31 41c0-13 6-20 17-20s17 7 17 20c-3-2-5-6-6-10-7 3-17 3-22 0-1 4-3 8-6 10z",
    ),
    (
        "M29 40c0-16 8-23 19-23s19 7 19 23c0 6 1 11-1 14H30c-2-3-1-8-1-14z",
        "M31 40c-1-13 5-20 17-20s18 7 17 20c-2-4-4-7-8-10-2 3-14 4-20 2-2 2-4 5-6 8z",
    ),
)
_MEN: Final = (
    "M31 39c-2-15 6-21 17-21s19 6 17 21c-2-2-3-4-3-7-4-1-6-4-8-6-4 3-12 5-19 6-1 3-2 5-4 7z",
    "M31 38c-2-14 5-20 17-20s19 6 17 20c-1-2-2-5-3-8-9 2-19 2-28 0-1 3-2 6-3 8z",
    "M31 39c-1-16 8-22 19-21 9 0 16 7 15 21-2-2-3-6-4-9-5 0-15-1-20-4-2 3-5 5-6 5-2 2-3 5-4 8z",
    "M32 37c-1-9 3-17 16-17s17 8 16 17c-1-3-2-6-4-8-6-3-18-3-24 0-2 2-3 5-4 8z",
)
_GLASSES: Final = (
    '<g fill="none" stroke="#323B39" stroke-width="1.400"><circle cx="41.500" cy="41" r="5"/>'
    '<circle cx="54.500" cy="41" r="5"/><path d="M46.500 41h3"/></g>'
)


def portrait(*, number: str, is_woman: bool, is_senior: bool) -> str:
    """The drawing of one doctor as SVG; the same number gives the same face."""
    random = Random(number)
    skin, ground, tie = random.choice(_SKINS), random.choice(_GROUNDS), random.choice(_TIES)
    hair = random.choice(_GREYS if is_senior and random.random() < 0.5 else _HAIRS)
    back, front = random.choice(_WOMEN) if is_woman else ("", random.choice(_MEN))
    glasses = _GLASSES if random.random() < 0.35 else ""
    smile = random.choice(
        ("M41.500 50c3.500 3 9.500 3 13 0", "M42 50c3 2.200 9 2.200 12 0", "M41 49.500c4 4 10 4 14 0")
    )
    brow = f'<g stroke="{hair}" stroke-width="1.300" stroke-linecap="round"><path d="M39 35.500h5M52 35.500h5"/></g>'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="{_SIDE}" height="{_SIDE}">
<rect width="96" height="96" fill="{ground}"/><path d="{back}" fill="{hair}"/>
<path d="M40 54h16v11c0 5-16 5-16 0z" fill="{skin}"/>
<path d="M40 58c4 4 12 4 16 0v4c-4 4-12 4-16 0z" opacity=".08"/>
<path d="M14 96c1-20 14-30 34-30s33 10 34 30z" fill="#fff"/><path d="M38 67 48 82 58 67l-3-4H41z" fill="{tie}"/>
<path d="M38 66 33 72l9 12 6-6zM58 66l5 6-9 12-6-6z" fill="#EDF1EF"/>
<ellipse cx="48" cy="41" rx="16" ry="19" fill="{skin}"/>
<path d="{smile}" stroke="#7a3b2e" stroke-width="1.600" fill="none" stroke-linecap="round"/>
<circle cx="41.500" cy="41" r="1.500" fill="#1E2524"/><circle cx="54.500" cy="41" r="1.500" fill="#1E2524"/>
{brow}{glasses}<path d="{front}" fill="{hair}"/></svg>"""


def main() -> None:
    """Draw everybody."""
    folder = DATA / "portraits"
    folder.mkdir(exist_ok=True)
    with (DATA / "clinicians.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": _SIDE, "height": _SIDE})
        for row in rows:
            drawing = portrait(number=row["staff_no"], is_woman=row["sex"] == "F", is_senior=row["title"] == "CHIEF")
            page.set_content(f'<body style="margin:0;line-height:0">{drawing}</body>')
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            shot.save(folder / f"{row['staff_no']}.jpg", "JPEG", quality=82, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
