"""How many codes go out by text message in an hour: text messages cost money, and some ask for them to earn it.

The limits stand over those of one number: for all, for one country prefix, and for one internet address. An hour is one
of the clock, so that a limit is one row that the database counts.
"""

from datetime import datetime, timedelta
from math import ceil

import phonenumbers
from django.conf import settings
from django.db import connection, transaction
from prometheus_client import Counter

from hospital.accounts.errors import TooManyTexts
from hospital.accounts.models import TextCount
from hospital.kernel.crypto import keyed_hash

HOUR = timedelta(hours=1)
KEPT = timedelta(days=7)
OTHER_COUNTRIES = "*"
texts = Counter("imc_code_texts", "Codes by text message: sent, or refused by which limit", ["outcome"])

_COUNT = """
    INSERT INTO accounts_textcount (scope, began_at, count) VALUES (%s, %s, 1)
    ON CONFLICT (scope, began_at) DO UPDATE SET count = accounts_textcount.count + 1
        WHERE accounts_textcount.count < %s
    RETURNING count
"""


def count_text(*, phone: str, ip: str, now: datetime) -> None:
    """Counts a code that is about to go to `phone` (E.164), in the caller's transaction; a refused one is not counted.

    Refuses with `TooManyTexts` when all, the country of the number or the internet address had their share of this
    hour; the database decides when many ask at once. Of the internet address only a keyed hash is kept.
    """
    began_at = now.replace(minute=0, second=0, microsecond=0)
    prefix = str(phonenumbers.parse(phone, None).country_code)
    countries = settings.SMS_MOST_AN_HOUR_BY_COUNTRY
    # Always in this order, so that two transactions never wait for each other.
    limits = [
        ("all", "all", settings.SMS_MOST_AN_HOUR),
        ("country", f"+{prefix}", countries.get(prefix, countries[OTHER_COUNTRIES])),
    ]
    if ip:
        limits.append(("address", keyed_hash(ip)[:60], settings.SMS_MOST_AN_HOUR_BY_ADDRESS))
    with transaction.atomic(), connection.cursor() as cursor:
        for name, scope, most in limits:
            if most > 0:
                cursor.execute(_COUNT, [scope, began_at, most])
            if most <= 0 or cursor.fetchone() is None:
                texts.labels(outcome=name).inc()
                raise TooManyTexts(minutes=max(1, ceil((began_at + HOUR - now).total_seconds() / 60)))
    transaction.on_commit(lambda: texts.labels(outcome="sent").inc())


def forget_text_counts(*, now: datetime) -> int:
    """Deletes the counts that are older than a week; returns how many."""
    return TextCount.objects.filter(began_at__lt=now - KEPT).delete()[0]
