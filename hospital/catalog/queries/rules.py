"""Surcharge rules for the price office's pages."""

from collections.abc import Sequence

from hospital.catalog.models import SurchargeRuleRow
from hospital.catalog.types import RuleCard, RuleStatus, ScopeKind, ServiceLine, SurchargeMode
from hospital.kernel.types import BilingualText


def list_rules(*, status: RuleStatus | None = None, code: str | None = None) -> Sequence[RuleCard]:
    """Rules by code, newest version first."""
    rows = SurchargeRuleRow.objects.order_by("code", "-version")
    if status is not None:
        rows = rows.filter(status=status)
    if code is not None:
        rows = rows.filter(code=code)
    return [rule_card_of(row) for row in rows]


def rule_card_of(row: SurchargeRuleRow) -> RuleCard:
    """The card of a rule."""
    return RuleCard(
        id=row.id,
        code=row.code,
        version=row.version,
        scope_kind=ScopeKind(row.scope_kind),
        scope_id=row.scope_id,
        service_line=ServiceLine(row.service_line),
        visit_type=row.visit_type,
        campus=row.campus,
        mode=SurchargeMode(row.mode),
        value=row.value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        status=RuleStatus(row.status),
        approval_no=row.approval_no,
        reason=BilingualText(row.reason_zh, row.reason_en),
        maker=row.maker,
        checker=row.checker,
    )
