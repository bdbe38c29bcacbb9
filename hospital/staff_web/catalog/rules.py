"""Surcharge rules, drafts and what they would do, and the decision of the second person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.billing.api import preview_change
from hospital.catalog.api import (
    approve_change,
    approve_rule,
    draft_rule,
    end_rule,
    get_item_change,
    get_item_sheet,
    get_trial,
    list_item_changes,
    list_rules,
    reject_change,
    reject_rule,
)
from hospital.catalog.errors import RuleMalformed, RuleStartsInPast, UnknownRule
from hospital.catalog.types import ChangeKind, RuleCard, RuleStatus, ScopeKind, SurchargeMode
from hospital.staff_web.access import actor_of
from hospital.staff_web.catalog.facts import speak_changes
from hospital.staff_web.catalog.forms import HUNDRED, RuleForm
from hospital.staff_web.catalog.frame import midnight, name_people, office, scope_text, show
from hospital.staff_web.catalog.parts import compare_parts, cost_set
from hospital.staff_web.catalog.words import CHANGES, RULE_STATES, SCOPES, SERVICE_LINES, VISIT_TYPES
from hospital.staff_web.errors import ReasonTooShort

LEAST_REASON = 4


@require_GET
@office
def rules(request: HttpRequest) -> HttpResponse:
    """All rules with every version, by state."""
    chosen = request.GET.get("status", RuleStatus.PUBLISHED)
    status = RuleStatus(chosen) if chosen in set(RuleStatus) else None
    found = list_rules(status=status)
    return show(
        request,
        "rules",
        tab="rules",
        rows=[rule_row(each, timezone.now()) for each in found],
        people=name_people([*(each.maker for each in found), *(each.checker for each in found)]),
        chosen=chosen,
        states=[(state.value, word) for state, (_kind, word) in RULE_STATES.items()],
    )


def rule_row(rule: RuleCard, now: datetime) -> dict[str, Any]:
    """A rule in words."""
    is_over = rule.valid_to is not None and rule.valid_to <= now
    return {
        "rule": rule,
        "level": SCOPES[rule.scope_kind],
        "scope": scope_text(rule.scope_kind, rule.scope_id, rule.service_line),
        "line": SERVICE_LINES[rule.service_line],
        "visit": VISIT_TYPES.get(rule.visit_type, rule.visit_type),
        "state": ("plain", _("Ended")) if is_over and rule.status is RuleStatus.PUBLISHED else RULE_STATES[rule.status],
        "can_end": rule.status is RuleStatus.PUBLISHED and not is_over,
        "waits": rule.status is RuleStatus.DRAFT,
    }


def _find(rule_id: UUID) -> RuleCard:
    found = next((each for each in list_rules() if each.id == rule_id), None)
    if found is None:
        raise UnknownRule
    return found


@require_http_methods(["GET", "POST"])
@office
def new_rule(request: HttpRequest) -> HttpResponse:
    """A draft; `?from=` starts from the newest version of a rule."""
    now = timezone.now()
    form = RuleForm(request.POST or None, initial=_start_from(request.GET.get("from", ""), now))
    if request.method == "POST" and form.is_valid():
        rule = form.to_rule()
        try:
            rule_id = draft_rule(rule=rule, actor=actor_of(request), now=now)
        except (RuleMalformed, RuleStartsInPast) as refusal:
            form.add_error("valid_from" if isinstance(refusal, RuleStartsInPast) else None, refusal.message)
        else:
            messages.success(request, _("Sent to the checker. It charges nobody before it is approved."))
            return redirect("staff:catalog_rule", rule_id=rule_id)
    return show(request, "new_rule", tab="rules", form=form, status=422 if request.method == "POST" else 200)


def _start_from(code: str, now: datetime) -> dict[str, Any]:
    start: dict[str, Any] = {"valid_from": timezone.localdate(now)}
    newest = next(iter(list_rules(code=code)), None) if code else None
    if newest is None:
        return start
    value = newest.value
    if value is not None:
        value = value * HUNDRED if newest.mode is SurchargeMode.RATIO else value
    return start | {
        "code": newest.code,
        "service_line": newest.service_line.value,
        "scope_kind": newest.scope_kind.value,
        "item_code": newest.scope_id if newest.scope_kind in {ScopeKind.ITEM, ScopeKind.PRICE_ITEM} else "",
        "fee_class": newest.scope_id,
        "nature": newest.scope_id,
        "visit_type": newest.visit_type,
        "campus": newest.campus,
        "mode": newest.mode.value,
        "value": None if value is None else f"{value.normalize():f}",
        "approval_no": newest.approval_no,
        "reason_zh": newest.reason.zh,
        "reason_en": newest.reason.en,
    }


@require_GET
@office
def rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """One version of a rule, what it would have done to last month's bills, and the other versions."""
    now = timezone.now()
    card = _find(rule_id)
    versions = list(list_rules(code=card.code))
    before = next((each for each in versions if each.version < card.version and each.status != "REJECTED"), None)
    effect = preview_change(trial=get_trial(rule_id=rule_id), now=now) if card.status is RuleStatus.DRAFT else None
    return show(
        request,
        "rule",
        tab="waiting" if card.status is RuleStatus.DRAFT else "rules",
        row=rule_row(card, now),
        card=card,
        before=rule_row(before, now) if before else None,
        versions=[rule_row(each, now) for each in versions],
        effect=effect,
        people=name_people([who for each in versions for who in (each.maker, each.checker)]),
        is_mine=card.maker == actor_of(request).id,
        decide="staff:catalog_decide_rule",
        subject=card.id,
        has_come=card.status is RuleStatus.DRAFT and card.valid_from <= now,
        today=timezone.localdate(now),
    )


@require_GET
@office
def change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """One change of an item, and what it would have done to last month's bills or what the set would cost."""
    now = timezone.now()
    card = get_item_change(change_id=change_id)
    is_open = card.status is RuleStatus.DRAFT
    trial = get_trial(change_id=change_id) if is_open else None
    is_list = card.kind is ChangeKind.PARTS
    sheet = get_item_sheet(code=card.code, now=now)
    return show(
        request,
        "change",
        tab="waiting",
        card=card,
        kind=CHANGES[card.kind],
        state=RULE_STATES[card.status],
        waits=is_open,
        sheet=sheet,
        facts=speak_changes(card.facts),
        parts=compare_parts(card.parts, sheet.parts if is_open else None),
        effect=preview_change(trial=trial, now=now) if trial is not None and not is_list else None,
        costs=cost_set(trial=trial, campus=actor_of(request).campus_code, now=now) if trial and is_list else {},
        people=name_people([card.maker, card.checker]),
        is_mine=card.maker == actor_of(request).id,
        decide="staff:catalog_decide_change",
        subject=card.id,
        has_come=is_open and card.valid_from <= now,
        today=timezone.localdate(now),
    )


@require_GET
@office
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a second person, and what was decided lately."""
    now = timezone.now()
    drafts = list_rules(status=RuleStatus.DRAFT)
    changes = list_item_changes(status=RuleStatus.DRAFT)
    decided = [each for each in list_item_changes(limit=40) if each.status is not RuleStatus.DRAFT][:20]
    return show(
        request,
        "waiting",
        tab="waiting",
        rules=[rule_row(each, now) for each in drafts],
        changes=[(each, CHANGES[each.kind], RULE_STATES[each.status]) for each in changes],
        decided=[(each, CHANGES[each.kind], RULE_STATES[each.status]) for each in decided],
        people=name_people(
            [
                *(each.maker for each in drafts),
                *(who for each in [*changes, *decided] for who in (each.maker, each.checker)),
            ]
        ),
        me=actor_of(request).id,
    )


@require_POST
@office
def decide_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """The second person approves a rule or turns it down."""
    actor, now = actor_of(request), timezone.now()
    if request.POST.get("act") == "reject":
        reject_rule(rule_id=rule_id, reason=_reason(request), actor=actor, now=now)
        messages.success(request, _("Turned down. Nothing changes."))
    else:
        below = approve_rule(rule_id=rule_id, actor=actor, now=now)
        messages.success(request, _("Approved."))
        if below:
            text = _("The fixed price is below the standard price of: %(codes)s.") % {"codes": ", ".join(below[:10])}
            messages.warning(request, text)
    return redirect("staff:catalog_waiting")


@require_POST
@office
def decide_change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """The second person approves a change of an item or turns it down."""
    actor, now = actor_of(request), timezone.now()
    if request.POST.get("act") == "reject":
        reject_change(change_id=change_id, reason=_reason(request), actor=actor, now=now)
        messages.success(request, _("Turned down. Nothing changes."))
    else:
        approve_change(change_id=change_id, actor=actor, now=now)
        messages.success(request, _("Approved."))
    return redirect("staff:catalog_waiting")


@require_POST
@office
def end(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Ends a published rule after a day as typed; a day before today ends it now."""
    now = timezone.now()
    typed = request.POST.get("last_day", "")
    try:
        last_day = date.fromisoformat(typed)
    except ValueError:
        last_day = timezone.localdate(now)
    following = midnight(date.fromordinal(last_day.toordinal() + 1))
    end_rule(rule_id=rule_id, valid_to=max(following, now), reason=_reason(request), actor=actor_of(request), now=now)
    messages.success(request, _("The rule ends."))
    return redirect("staff:catalog_rule", rule_id=rule_id)


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "").strip()
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)
    return reason
