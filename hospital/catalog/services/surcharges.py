"""Surcharge rules: one person drafts, another approves; what is published is ended and replaced, never edited."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from hospital.audit.api import acting, record_act
from hospital.catalog.errors import RuleImmutable, RuleOverlap, SameChecker, UnknownRule
from hospital.catalog.models import CatalogItem, OfficeSettings, SurchargeRuleRow
from hospital.catalog.queries.price_books import load_price_book, rule_of
from hospital.catalog.rules.checks import check_fixed_price, check_rule, settle_approved_start, settle_start_of
from hospital.catalog.services.office import require_price_office
from hospital.catalog.types import (
    NewRule,
    PricingSettings,
    RuleStatus,
    ScopeKind,
    SurchargeMode,
    SurchargeRule,
)
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing


def draft_rule(*, rule: NewRule, actor: Actor, now: datetime) -> UUID:
    """Enters a rule as a draft; it prices nothing until someone else approves it. A known code gets its next version.

    Refuses `NotPriceOffice`, `RuleMalformed`, `RuleStartsInPast`.
    """
    require_price_office(actor)
    check_rule(_pure(rule))
    settle_start_of(wanted=rule.valid_from, now=now)
    with acting(actor=actor):
        last = SurchargeRuleRow.objects.filter(code=rule.code).aggregate(last=Max("version"))["last"] or 0
        row = SurchargeRuleRow.objects.create(
            code=rule.code,
            version=last + 1,
            scope_kind=rule.scope_kind,
            # One way to write the scope of a whole line, or the database would not see two of them meet.
            scope_id=rule.service_line if rule.scope_kind is ScopeKind.SERVICE_LINE else rule.scope_id,
            service_line=rule.service_line,
            visit_type=rule.visit_type,
            campus=rule.campus,
            mode=rule.mode,
            value=rule.value,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
            approval_no=rule.approval_no,
            reason_zh=rule.reason.zh,
            reason_en=rule.reason.en,
            maker=actor.id,
            made_at=now,
        )
        _record(row, "catalog.draft_rule", actor, now)
    return row.id


def approve_rule(*, rule_id: UUID, actor: Actor, now: datetime) -> list[str]:
    """Publishes a draft; returns the codes of items whose price already exceeds a wider fixed price (a warning).

    A start that has come takes effect now; the version in force of the same code ends there. Refuses `NotPriceOffice`,
    `UnknownRule`, `RuleImmutable`, `SameChecker`, `RuleMalformed` (it would have ended already),
    `FixedPriceBelowBase`, `RuleOverlap` (another rule speaks for the same slot). Source: brief §1.3, §1.6.3, §1.6.7.
    """
    require_price_office(actor)
    with acting(actor=actor), refusing({"surcharge_rule_no_overlap": RuleOverlap(rule=str(rule_id))}):
        row = _lock_draft(rule_id)
        if row.maker == actor.id:
            raise SameChecker
        start = settle_approved_start(wanted=row.valid_from, now=now)
        rule = replace(rule_of(row), valid_from=start)
        check_rule(rule)
        warnings = _list_dearer(rule, now)
        SurchargeRuleRow.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=start),
            code=row.code,
            status=RuleStatus.PUBLISHED,
            valid_from__lt=start,
        ).update(valid_to=start)
        row.valid_from, row.status, row.checker, row.checked_at = start, RuleStatus.PUBLISHED, actor.id, now
        row.save(update_fields=["valid_from", "status", "checker", "checked_at"])
        _record(row, "catalog.approve_rule", actor, now)
    return warnings


def reject_rule(*, rule_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Turns a draft down. Refuses `NotPriceOffice`, `UnknownRule`, `RuleImmutable`, `SameChecker`."""
    require_price_office(actor)
    with acting(actor=actor):
        row = _lock_draft(rule_id)
        if row.maker == actor.id:
            raise SameChecker
        row.status, row.checker, row.checked_at = RuleStatus.REJECTED, actor.id, now
        row.save(update_fields=["status", "checker", "checked_at"])
        _record(row, "catalog.reject_rule", actor, now, reason=reason)


def end_rule(*, rule_id: UUID, valid_to: datetime, reason: str, actor: Actor, now: datetime) -> datetime:
    """Ends a published rule; returns the end. A later or missing end can only come earlier, and never before now.

    Refuses `NotPriceOffice`, `UnknownRule`, `RuleImmutable` (no published rule whose end could come).
    """
    require_price_office(actor)
    end = settle_start_of(wanted=valid_to, now=now)
    with acting(actor=actor), refusing({"surcharge_rule_forward": RuleImmutable()}):
        row = SurchargeRuleRow.objects.select_for_update().filter(id=rule_id).first()
        if row is None:
            raise UnknownRule
        if row.status != RuleStatus.PUBLISHED or (row.valid_to is not None and row.valid_to <= end):
            raise RuleImmutable
        row.valid_to = end
        row.save(update_fields=["valid_to"])
        _record(row, "catalog.end_rule", actor, now, reason=reason)
    return end


def change_settings(*, settings: PricingSettings, actor: Actor, now: datetime) -> None:
    """Writes a new version of the price office's settings, in force at once. Refuses `NotPriceOffice`."""
    require_price_office(actor)
    with acting(actor=actor):
        row = OfficeSettings.objects.create(
            rounding_mode=settings.rounding_mode,
            combination=settings.combination,
            composite_mode=settings.composite_mode,
            intl_insurance_mode=settings.intl_insurance_mode,
            allow_drug_surcharge=settings.allow_drug_surcharge,
            allow_consumable_surcharge=settings.allow_consumable_surcharge,
            child_age_limit=settings.child_age_limit,
            price_hold=settings.price_hold,
            cash_rounding=settings.cash_rounding,
            set_by=actor.id,
            set_at=now,
        )
        record_act(
            actor=actor,
            action="catalog.change_settings",
            subject_kind="pricing_settings",
            subject_id=str(row.id),
            now=now,
        )


def _lock_draft(rule_id: UUID) -> SurchargeRuleRow:
    row = SurchargeRuleRow.objects.select_for_update().filter(id=rule_id).first()
    if row is None:
        raise UnknownRule
    if row.status != RuleStatus.DRAFT:
        raise RuleImmutable
    return row


def _list_dearer(rule: SurchargeRule, now: datetime) -> list[str]:
    if rule.mode is not SurchargeMode.FIXED_PRICE:
        return []
    rows = CatalogItem.objects.filter(is_active=True)
    if rule.scope_kind is ScopeKind.ITEM:
        rows = rows.filter(code=rule.scope_id)
    elif rule.scope_kind is ScopeKind.PRICE_ITEM:
        rows = rows.filter(code=rule.scope_id) | rows.filter(price_item__code=rule.scope_id)
    elif rule.scope_kind is ScopeKind.FEE_CLASS:
        rows = rows.filter(fee_class=rule.scope_id)
    elif rule.scope_kind is ScopeKind.KIND:
        rows = rows.filter(nature=rule.scope_id)
    codes = list(rows.exclude(nature="").values_list("code", flat=True))
    book = load_price_book(codes=codes, now=now).book
    return [item.code for item in check_fixed_price(rule, [book.find_item(code) for code in codes])]


def _pure(rule: NewRule) -> SurchargeRule:
    return SurchargeRule(
        rule_id=rule.code,
        version="",
        scope_kind=rule.scope_kind,
        scope_id=rule.scope_id,
        service_line=rule.service_line,
        value=rule.value,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        mode=rule.mode,
        visit_type=rule.visit_type,
        campus=rule.campus,
        approval_no=rule.approval_no,
    )


def _record(row: SurchargeRuleRow, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="surcharge_rule",
        subject_id=row.code,
        now=now,
        reason=reason,
        details={"version": row.version, "value": str(row.value) if row.value is not None else None},
    )
