"""What every page of the price office's desk shares."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hospital.accounts.api import get_staff_names
from hospital.catalog.api import count_waiting
from hospital.catalog.types import FeeClass, Nature, ScopeKind, ServiceLine, SurchargeRule
from hospital.kernel.actors import Role
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.staff_web.access import desk_view
from hospital.staff_web.cashier.words import FEE_CLASSES
from hospital.staff_web.catalog.words import NATURES, SERVICE_LINES
from hospital.staff_web.desks import CATALOG

office = desk_view(Role.PRICE_OFFICER)
TABS = (
    ("items", "staff:catalog", _("Items")),
    ("rules", "staff:catalog_rules", _("Surcharge rules")),
    ("waiting", "staff:catalog_waiting", _("To approve")),
    ("what_if", "staff:catalog_what_if", _("What if")),
    ("contracts", "staff:catalog_contracts", _("Insurers")),
    ("imports", "staff:catalog_imports", _("Import and export")),
    ("settings", "staff:catalog_settings", _("Settings")),
)


def show(request: HttpRequest, name: str, *, tab: str, status: int = 200, **facts: Any) -> HttpResponse:
    """A page of the desk with its tabs and the number of drafts that wait."""
    context = {"desk_code": CATALOG.code, "tab": tab, "tabs": TABS, "waiting_count": count_waiting(), **facts}
    return render(request, f"staff_web/catalog/{name}.html", context, status=status)


def midnight(day: date) -> datetime:
    """00:00 in Guangzhou of a day as typed."""
    return datetime.combine(day, time(), tzinfo=SHANGHAI)


def name_people(ids: Iterable[str]) -> dict[str, BilingualText]:
    """Staff by the id that is written beside a change; what is no member of staff is left out."""
    known: set[UUID] = set()
    for each in ids:
        try:
            known.add(UUID(each))
        except ValueError:
            continue
    return {str(user_id): name for user_id, name in get_staff_names(user_ids=known).items()}


def scope_text(kind: ScopeKind, scope_id: str, service_line: ServiceLine) -> str:
    """What a rule is about, in words; an item by its code."""
    if kind is ScopeKind.FEE_CLASS and scope_id in set(FeeClass):
        return str(FEE_CLASSES[FeeClass(scope_id)])
    if kind is ScopeKind.KIND and scope_id in set(Nature):
        return str(NATURES[Nature(scope_id)])
    return str(SERVICE_LINES[service_line]) if kind is ScopeKind.SERVICE_LINE else scope_id


def scope_of(rule: SurchargeRule) -> str:
    """`scope_text` of a rule of the engine."""
    return scope_text(rule.scope_kind, rule.scope_id, rule.service_line)
