"""Answering scenarios: everything is written as text, money with two places, times as Asia/Shanghai wall time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import override

from hospital.billing.errors import ScenarioMalformed
from hospital.billing.explanations import speak_reasons
from hospital.billing.rules.explaining import explain_line
from hospital.billing.rules.marks import choose_footnote, mark_line
from hospital.billing.rules.payers import UploadedLine
from hospital.billing.scenarios.catalogs import enter_catalog
from hospital.billing.scenarios.paying import Payment, split_payment, try_quote
from hospital.billing.scenarios.refunding import RefundRun, Step
from hospital.billing.scenarios.values import Row, read_row, read_rows
from hospital.billing.scenarios.visits import Line, Visit, price_orders, read_visit
from hospital.billing.types import Payer, PricedLine, RefundPart
from hospital.catalog.types import SurchargeSource
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.errors import Refusal
from hospital.kernel.money import round_half_up

Answer = dict[str, object]


def answer_scenarios(document: object) -> Answer:
    """The answers to `{"cases": [scenario, …]}`, in their order, as `{"cases": [{"id", "answer"}, …]}`.

    Priced by the rules that charge patients, without a database. A scenario that is refused answers with the refusal's
    code and its text in both languages; so does one that cannot be read. Refuses `ScenarioMalformed` for a document
    without cases. Source: brief §1.3, §1.6.
    """
    cases = read_rows(read_row(document, "cases"), "cases")
    return {"cases": [{"id": case.get("id"), "answer": answer_scenario(case)} for case in cases]}


def answer_scenario(scenario: Row) -> Answer:
    """The answer to one scenario, or what it was refused for."""
    try:
        return _answer(scenario)
    except Refusal as refusal:
        return _tell(refusal)
    except ArithmeticError:
        # A number or a year beyond what money and calendars hold.
        return _tell(ScenarioMalformed(what="number"))


def _answer(scenario: Row) -> Answer:
    entry = enter_catalog(scenario)
    book = entry.compile()
    visit = read_visit(scenario, book)
    lines = price_orders(scenario, visit, book)
    payment = split_payment(lines, scenario=scenario, visit=visit, settings=book.settings)
    refunds = RefundRun(lines, payment)
    rounding = payment.cash_rounding
    quote = read_row(scenario.get("quote"), "quote")
    return {
        "lines": [_write_line(line, visit) for line in lines],
        "totals": {
            name: _money(getattr(payment.totals, name))
            for name in ("base", "surcharge", "total", "discount", "payable")
        },
        "payers": _write_payers(payment),
        "cash_rounding": None if rounding is None else _money(rounding),
        "refunds": [_write_step(refunds.take(row), visit) for row in read_rows(scenario, "refunds")],
        "warnings": [list(pair) for pair in entry.warnings],
        "maintenance_list": entry.list_maintenance(),
        "line_change": _write_change(visit, lines),
        "quote": _write_quote(lines, payment, quote) if quote else None,
    }


def _write_line(line: Line, visit: Visit) -> Answer:
    priced = line.priced
    request, resolution = priced.request, priced.resolution
    rule = resolution.rule if resolution.source is SurchargeSource.RULE else None
    footnote = choose_footnote(priced.is_added)
    reasons = explain_line(priced)
    written: Answer = {
        "no": line.no,
        "order": line.order,
        "path": list(request.path),
        "item": request.item.code,
        "qty": _plain(request.qty),
        "service_line": request.service_line.value,
        "occurred_at": _wall(request.occurred_at),
        "priced_at": _wall(request.priced_at),
        "base_u": _unit(round_half_up(priced.price.base_u, priced.d)),
        "price_version": priced.price.version,
        "additions": [each.value for each in priced.additions],
        "added": priced.is_added,
        "p": _unit(priced.p),
        "d": priced.d,
        "u": _unit(priced.u),
        "base": _money(priced.base),
        "surcharge": _money(priced.surcharge),
        "total": _money(priced.total),
        "below_public": priced.is_below_public,
        "passed": priced.is_passed,
        "source": resolution.source.value,
        "rule_id": rule.rule_id if rule else None,
        "rule_version": rule.version if rule else None,
        "composite": resolution.composite if resolution.source is SurchargeSource.COMPOSITE else None,
        "mode": resolution.mode.value if resolution.mode else None,
        "value": None if resolution.value is None else format(resolution.value, "f"),
        "combine": priced.combination.value,
        "rounding": priced.rounding.value,
        "exempt": priced.exempt.value if priced.exempt else None,
        "exempt_all": [each.value for each in resolution.exempt_all],
        "paper": {
            "mark": mark_line(resolution.mode, resolution.value, is_below_public=priced.is_below_public),
            "footnote": footnote.value if footnote else None,
        },
        "changed": _write_changed(line.first, priced) if line.was_changed else None,
        "discount": _money(line.share.discount),
        "payable": _money(line.share.payable),
    }
    if visit.payer is Payer.COMMERCIAL:
        written |= {"to_adjudication": _money(line.share.to_adjudication), "patient": _money(line.share.patient)}
    return written | {"why": {"zh": speak_reasons(reasons, "zh-hans"), "en": speak_reasons(reasons, "en")}}


def _write_changed(old: PricedLine, new: PricedLine) -> Answer:
    return {
        "u": [_unit(old.u), _unit(new.u)],
        "base": [_money(old.base), _money(new.base)],
        "surcharge": [_money(old.surcharge), _money(new.surcharge)],
        "total": [_money(old.total), _money(new.total)],
    }


def _write_payers(payment: Payment) -> Answer:
    written: Answer = {}
    if payment.national is not None:
        written = {
            "upload": [
                {"no": each.place, "p": _unit(each.p), "qty": _plain(each.qty), "base": _money(each.base)}
                for each in payment.national.upload
            ],
            "upload_total": _money(payment.national.upload_total),
            "own_expense": _money(payment.national.own_expense),
        }
    if payment.refusal is not None:
        return written | _tell(payment.refusal)
    return written | {name: _money(amount) for name, amount in payment.amounts.items()}


def _write_step(step: Step, visit: Visit) -> Answer:
    written: Answer = {"package": step.wanted} if step.is_package else {"line": int(step.wanted)}
    if step.refusal is not None:
        named = {"named": list(step.named)} if step.is_package else {}
        return written | _tell(step.refusal) | named
    parts = [{"line": no, **_write_part(part, visit)} for no, part in step.parts]
    written |= {"parts": parts, "paid_back": _money(step.paid_back)} if step.is_package else parts[0]
    return written | dict(_write_till(step))


def _write_till(step: Step) -> Iterator[tuple[str, object]]:
    if step.cash_back is not None:
        yield "cash_back", _money(step.cash_back)
    if step.upload_again is not None:
        yield "upload_again", [_write_uploaded(each) for each in step.upload_again]


def _write_uploaded(line: UploadedLine) -> Answer:
    return {"no": line.place, "qty": _plain(line.qty), "base": _money(line.base)}


def _write_part(part: RefundPart, visit: Visit) -> Answer:
    written: Answer = {"qty": _plain(part.qty)}
    names = ["total", "base", "surcharge", "discount", "paid_back"]
    if visit.payer is Payer.COMMERCIAL:
        names += ["to_adjudication", "patient"]
    return written | {name: _money(getattr(part, name)) for name in names}


def _write_change(visit: Visit, lines: Sequence[Line]) -> Answer | None:
    if not visit.has_event:
        return None
    if visit.refusal is not None:
        return _tell(visit.refusal)
    return {
        "repriced": [line.no for line in lines if line.placed.is_repriced],
        "kept": [line.no for line in lines if line.placed.is_kept],
    }


def _write_quote(lines: Sequence[Line], payment: Payment, row: Row) -> Answer:
    answer = try_quote(lines, payment, row)
    return {"expires_at": _wall(answer.expires_at), "attempts": list(answer.attempts)}


def _tell(refusal: Refusal) -> Answer:
    return {"refused": refusal.code, "message": dict(_speak(refusal))}


def _speak(refusal: Refusal) -> Iterator[tuple[str, str]]:
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            yield name, refusal.message


def _money(amount: Decimal) -> str:
    return format(amount + 0, ".2f") if amount else "0.00"


def _unit(price: Decimal) -> str:
    return format(price, "f")


def _plain(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _wall(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).replace(tzinfo=None).isoformat()
