"""Before it is approved: what a change would have done to last month's bills, and which rule would win (B40)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.billing.api import Heard, Supposed, preview_change, suppose_order
from hospital.billing.models import Charge
from hospital.billing.tests.factories import add_desk, charge, make_desk, order
from hospital.catalog.api import draft_override, draft_price, draft_rule, get_trial
from hospital.catalog.tests.factories import make_rule, new_rule, price_officer
from hospital.catalog.types import ANY, ScopeKind, ServiceLine, SurchargeMode, VisitType
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.money import ZERO

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40", "F46")]
MAKER = price_officer("maker")
TOMORROW = TEN + timedelta(days=1)


def test_a_price_change_over_equal_and_other_lines() -> None:
    desk = make_desk()
    charge(desk, order("CBC", "2"), order("CBC", "2"), order("CXR"), order("SET"))
    charge(add_desk(), order("CBC"))
    change_id = draft_price(code="CBC", base_u=Decimal(30), valid_from=TOMORROW, actor=MAKER, now=TEN)
    before = list(Charge.objects.order_by("id").values())
    effect = preview_change(trial=get_trial(change_id=change_id), now=TOMORROW)
    assert (effect.sums.lines, effect.sums.changed, effect.bills) == (4, 4, 2)
    assert (effect.sums.base_before, effect.sums.base_after) == (Decimal(120), Decimal(180))
    assert (effect.sums.surcharge_before, effect.sums.surcharge_after) == (Decimal(36), Decimal(54))
    ((code, name, sums),) = effect.top
    assert (code, name.zh, sums.difference) == ("CBC", "血常规", Decimal(78))
    assert list(Charge.objects.order_by("id").values()) == before


def test_a_rule_touches_what_it_would_win_and_nothing_else() -> None:
    charge(make_desk(), order("CBC"), order("CXR"), order("AML"))
    make_rule("CXR", "0.5", scope_kind=ScopeKind.ITEM, scope_id="CXR")
    draft = new_rule("INTL", "0.40", valid_from=TOMORROW)
    effect = preview_change(trial=get_trial(rule_id=draft_rule(rule=draft, actor=MAKER, now=TEN)), now=TOMORROW)
    # The drug is exempt; the X-ray was charged before its own rule and would have had it now.
    assert (effect.sums.lines, [code for code, _name, _sums in effect.top]) == (3, ["CXR", "CBC"])
    assert effect.top[1][2].surcharge_after == Decimal("8.00")


def test_a_rule_of_another_line_or_campus_touches_nothing() -> None:
    charge(make_desk(), order("CBC"))
    for facts in ({"service_line": ServiceLine.SPECIAL}, {"campus": "NORTH"}, {"visit_type": "IP"}):
        rule_id = draft_rule(rule=new_rule("X", "0.9", valid_from=TOMORROW, **facts), actor=MAKER, now=TEN)
        effect = preview_change(trial=get_trial(rule_id=rule_id), now=TOMORROW)
        assert (effect.sums.lines, effect.sums.difference, list(effect.top)) == (0, ZERO, [])


def test_an_own_ratio_touches_the_set_alone() -> None:
    charge(make_desk(), order("CBC"), order("SET"))
    change_id = draft_override(code="SET", ratio=Decimal("0.10"), valid_from=TOMORROW, actor=MAKER, now=TEN)
    effect = preview_change(trial=get_trial(change_id=change_id), now=TOMORROW)
    assert (effect.sums.lines, effect.sums.changed, effect.sums.surcharge_after) == (2, 1, Decimal("2.00"))


def test_older_lines_are_left_out() -> None:
    charge(make_desk(), order("CBC"))
    change_id = draft_price(code="CBC", base_u=Decimal(30), valid_from=TOMORROW, actor=MAKER, now=TEN)
    effect = preview_change(trial=get_trial(change_id=change_id), now=TEN + timedelta(days=31))
    assert effect.sums.lines == 0


def test_the_queries_do_not_grow_with_the_lines() -> None:
    desk = make_desk()
    change_id = draft_price(code="CBC", base_u=Decimal(30), valid_from=TOMORROW, actor=MAKER, now=TEN)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            preview_change(trial=get_trial(change_id=change_id), now=TOMORROW)
        return len(captured)

    charge(desk, order("CBC"))
    few = count()
    charge(desk, *(order("CBC", str(qty)) for qty in range(1, 20)))
    assert count() == few


def suppose(code: str = "CBC", **facts: Any):
    given: dict[str, Any] = {
        "code": code,
        "qty": Decimal(2),
        "service_line": ServiceLine.INTL,
        "visit_type": VisitType.OP,
        "campus_code": "IMC",
        "at": TEN,
    }
    return suppose_order(supposed=Supposed(**given | facts), now=TEN)


def test_every_rule_of_the_search_is_told_with_what_became_of_it() -> None:
    make_desk()
    make_rule("NULL", None, scope_kind=ScopeKind.ITEM, scope_id="CBC", visit_type=ANY)
    make_rule("LAB", "0.25", scope_kind=ScopeKind.FEE_CLASS, scope_id="LAB")
    make_rule(
        "LATE", "9", scope_kind=ScopeKind.KIND, scope_id="SERVICE", mode=SurchargeMode.AMOUNT,
        valid_from=TOMORROW, now=TEN,
    )  # fmt: skip
    (line,) = suppose()
    assert [(each.rule.rule_id, each.heard) for each in line.rules] == [
        ("NULL", Heard.PASSED),
        ("LAB", Heard.WON),
        ("LATE", Heard.NOT_IN_FORCE),
        ("INTL", Heard.NOT_REACHED),
    ]
    assert (line.priced.total, line.mark) == (Decimal("50.00"), "+25 %")


def test_a_set_is_opened_and_the_ordinary_line_asks_nobody() -> None:
    make_desk()
    lines = suppose("SET", service_line=ServiceLine.NORMAL)
    assert [(line.card.code, line.priced.surcharge, list(line.rules)) for line in lines] == [
        ("CBC", ZERO, []),
        ("TUBE", ZERO, []),
    ]
