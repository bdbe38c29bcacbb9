"""What Enter does in a form with two buttons: the usual thing (the browser presses the first one)."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from hospital.kernel.types import BilingualText
from hospital.staff_web.doctor.decoction_forms import PieceForm


@pytest.mark.requirement("D52")
def test_enter_adds_a_piece_to_the_decoction_that_is_there():
    hit = SimpleNamespace(item=SimpleNamespace(code="HQ", name=BilingualText("黄芪", "Astragalus root")))
    context = {"hit": hit, "form": PieceForm(), "encounter_id": uuid4(), "has_draft": True, "line_id": None}
    page = render_to_string("staff_web/doctor/_piece_form.html", context)
    first, second = (button for button in re.findall(r"<button[^>]*>", page) if 'type="button"' not in button)
    assert "name=" not in first
    assert 'name="new"' in second
