"""The guide lists every code that a partner can meet, with the texts of both languages."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from hospital.kernel.errors import Refusal
from hospital.partner_api.api import api
from hospital.partner_api.problems import STATUS_PROBLEMS
from hospital.partners import errors

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "partner-api.md").read_text(encoding="utf-8")
ROWS = {row.split("`")[1]: row for row in GUIDE.splitlines() if re.match(r"\| `[a-z_]+` \| \d{3} ", row)}
OF_MANAGEMENT = {"unknown_partner", "too_many_keys", "key_unusable", "partner_code_taken", "partner_incomplete"}
REFUSALS = [
    refusal
    for refusal in vars(errors).values()
    if isinstance(refusal, type) and issubclass(refusal, Refusal) and refusal is not Refusal
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_a_refusal_of_ours_is_in_the_guide_with_both_texts(refusal):
    if refusal.code in OF_MANAGEMENT:
        return
    row = ROWS[refusal.code]
    assert f"| {refusal.status} |" in row
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert re.sub(r"%\(\w+\)s", "…", str(refusal.text)) in row


def test_what_the_operations_may_refuse_is_in_the_guide():
    named = set()
    for methods in api.get_openapi_schema()["paths"].values():
        for operation in methods.values():
            said = operation["description"].partition("Refusals:")[2] or operation["description"]
            named |= set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", said))
    fields = {"new_patient", "pay_by", "request_no"}
    assert named - fields
    assert named - fields <= set(ROWS)


def test_what_has_no_refusal_is_in_the_guide():
    assert {code for code, _ in STATUS_PROBLEMS.values()} <= set(ROWS)
