"""Why a line costs what it costs: which rule won and which were considered (domain brief §1.3, §1.6.3)."""

from collections.abc import Iterator

from hospital.billing.rules.marks import format_surcharge
from hospital.billing.types import PricedLine, PublicAddition, Reason, ReasonKey
from hospital.catalog.types import Resolution, SurchargeRule, SurchargeSource
from hospital.kernel.money import round_half_up


def explain_line(line: PricedLine) -> tuple[Reason, ...]:
    """The sentences that explain the line, the deciding one first. Everything comes from the priced line itself."""
    return (_explain_decision(line), *_explain_considered(line), *_explain_additions(line), *_explain_floor(line))


def _explain_decision(line: PricedLine) -> Reason:
    resolution = line.resolution
    if resolution.source is SurchargeSource.GATE:
        return Reason(ReasonKey.GATE_NORMAL, {})
    if resolution.source is SurchargeSource.EXEMPT:
        return _explain_exemption(resolution)
    if resolution.source is SurchargeSource.COMPOSITE:
        mark = format_surcharge(resolution.mode, resolution.value)
        return Reason(ReasonKey.OVERRIDE_WON, {"composite": resolution.composite or "", "mark": mark})
    if resolution.rule is not None:
        return Reason(ReasonKey.RULE_WON, _describe(resolution.rule))
    return Reason(ReasonKey.NO_RULE, {})


def _explain_exemption(resolution: Resolution) -> Reason:
    facts = {"exemptions": ",".join(resolution.exempt_all)}
    row = resolution.rule.rule_id if resolution.rule is not None else resolution.composite
    if row is None:
        return Reason(ReasonKey.EXEMPT, facts)
    return Reason(ReasonKey.EXEMPT_UNAPPROVED, facts | {"row": row})


def _explain_considered(line: PricedLine) -> Iterator[Reason]:
    resolution = line.resolution
    is_decided = False
    for slot in resolution.candidates:
        for rule in slot:
            if not (rule.valid_from <= resolution.at and (rule.valid_to is None or resolution.at < rule.valid_to)):
                continue
            if rule is resolution.rule:
                is_decided = True
            elif is_decided:
                yield Reason(ReasonKey.RULE_NOT_REACHED, _describe(rule))
            else:
                yield Reason(ReasonKey.RULE_PASSED_NULL, _describe(rule))


def _describe(rule: SurchargeRule) -> dict[str, str]:
    return {
        "rule": rule.rule_id,
        "version": rule.version,
        "level": rule.scope_kind.value,
        "scope": rule.scope_id,
        "mark": format_surcharge(rule.mode, rule.value),
    }


def _explain_additions(line: PricedLine) -> Iterator[Reason]:
    key = ReasonKey.ADDITION_INCLUDED if line.is_added else ReasonKey.ADDITION_NOT_ADDED
    for kind in line.additions:
        yield Reason(key, {"addition": PublicAddition(kind).value})


def _explain_floor(line: PricedLine) -> Iterator[Reason]:
    if line.is_below_public:
        yield Reason(ReasonKey.BELOW_PUBLIC, {"public": format(line.p, "f")})
    if line.is_passed:
        yield Reason(ReasonKey.FIXED_PRICE_PASSED, {"base": format(round_half_up(line.price.base_u, line.d), "f")})
