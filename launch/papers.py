"""`./imc papers`: every printed document in each language mode, as PDF and as pictures, in `build/papers/`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from launch.checks import check_environment
from launch.chromium import find_pdftoppm
from launch.environment import BUILD, ROOT
from launch.messages import compile_stale
from launch.terminal import say

FOLDER = BUILD / "papers"
DOTS_PER_INCH = "110"
WRITE = """
import sys
from pathlib import Path
import django
django.setup()
from hospital.documents.samples import write_sample_papers
write_sample_papers(Path(sys.argv[1]))
"""


def main(arguments: Sequence[str]) -> int:
    """Write the sample papers and turn their pages into pictures."""
    compile_stale()
    pdftoppm = find_pdftoppm()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    environment = {**check_environment(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(FOLDER), *arguments], cwd=ROOT, env=environment, check=False
    )
    if done.returncode != 0:
        return done.returncode
    papers = sorted(FOLDER.glob("**/*.pdf"))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        pages = sum(pool.map(lambda paper: draw_pages(pdftoppm, paper), papers))
    say(f"{len(papers)} papers, {pages} pages in build/papers/")
    return 0 if papers else 1


def draw_pages(pdftoppm: str, paper: Path) -> int:
    """One PNG a page beside the PDF; how many."""
    subprocess.run([pdftoppm, "-png", "-r", DOTS_PER_INCH, str(paper), str(paper.with_suffix(""))], check=True)
    return len(list(paper.parent.glob(f"{paper.stem}-*.png")))
