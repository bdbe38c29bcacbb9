"""How long a bill of five hundred lines takes through the services, and how many statements more than one of fifty.

An open visit of the demonstration is charged, quoted and paid in cash, as a window does it. The statements are counted
at both sizes: their number must not grow with the bill.
"""

import os
import statistics
import time
from uuid import uuid4

NEEDS_PRODUCT = True
LARGE, SMALL, ROUNDS = 500, 50, 5


def measure() -> dict[str, float | str]:
    """`bill_500_lines_ms` (median of the rounds) and `bill_statements_growth`, statements at 500 less those at 50."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    _take(SMALL)  # warm
    few = _take(SMALL)[1]
    rounds = [_take(LARGE) for _ in range(ROUNDS)]
    return {
        "bill_500_lines_ms": round(statistics.median(took for took, _ in rounds) * 1000, 1),
        "bill_statements": float(few),
        "bill_statements_growth": float(max(number for _, number in rounds) - few),
    }


def _take(size: int) -> tuple[float, int]:
    """Seconds and statements from signed orders to a settled bill."""
    from decimal import Decimal

    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from demo.load.actors import staff_actor
    from hospital.billing.api import charge_orders, quote_bill
    from hospital.billing.types import OrderedLine
    from hospital.catalog.api import list_items
    from hospital.catalog.types import CatalogKind
    from hospital.consents.tests.factories import make_price_consent
    from hospital.encounters.models import Encounter
    from hospital.workflows.collect_bill import start_collecting, take_cash

    now = timezone.now()
    cashier = staff_actor("deng.yating")
    visit = Encounter.objects.filter(campus_id="IMC").order_by("-id").first()
    assert visit is not None
    make_price_consent(visit.person_id)
    page = list_items(kinds=[CatalogKind.CHARGE_ITEM], has_gap=False, size=100, now=now)
    codes = [item.code for item in page.items if item.is_active and item.base_u is not None]
    lines = [
        OrderedLine(source_id=uuid4(), item_code=codes[number % len(codes)], qty=Decimal(1), signed_at=now)
        for number in range(size)
    ]
    with CaptureQueriesContext(connection) as statements:
        began = time.perf_counter()
        charges = charge_orders(encounter_id=visit.id, lines=lines, actor=cashier, now=now)
        quote = quote_bill(charge_ids=charges, actor=cashier, now=now)
        settlement = start_collecting(quote_token=quote.token, idempotency_key=str(uuid4()), actor=cashier, now=now)
        take_cash(
            settlement_id=settlement.id,
            given=settlement.amount + 1,
            idempotency_key=str(uuid4()),
            actor=cashier,
            now=now,
        )
        took = time.perf_counter() - began
    return took, len(statements)
