"""The page that the patient app starts from."""

from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.requirement("A01")


def test_the_page_is_asked_for_anew_each_time_and_runs_only_what_is_its_own(settings, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>app</title>", encoding="utf-8")
    settings.PATIENT_APP = str(tmp_path)
    answer = Client().get("/")
    assert (answer.status_code, answer.text) == (200, "<title>app</title>")
    assert answer["Cache-Control"] == "no-cache"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self' blob:" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_says_when_the_app_is_not_built(settings, tmp_path: Path) -> None:
    settings.PATIENT_APP = str(tmp_path)
    answer = Client().get("/")
    assert answer.status_code == 503
    assert "./imc run" in answer.text
