"""Partners as the security desk sees them: never with what is secret of a key."""

from django.db.models import Prefetch, QuerySet

from hospital.kernel.types import BilingualText
from hospital.partners.errors import UnknownPartner
from hospital.partners.models import Partner, PartnerKey
from hospital.partners.types import Algorithm, ListedKey, ListedPartner


def list_partners() -> list[ListedPartner]:
    """All partners by code, with their campuses and keys. Three queries."""
    return [_listed(row) for row in _rows(Partner.objects.all())]


def get_partner(*, code: str) -> ListedPartner:
    """One partner. Refuses with `UnknownPartner`."""
    found = [_listed(row) for row in _rows(Partner.objects.filter(code=code))]
    if not found:
        raise UnknownPartner
    return found[0]


def _rows(rows: QuerySet[Partner]) -> QuerySet[Partner]:
    # The secrets stay in the database: nothing here can show them.
    keys = PartnerKey.objects.defer("secret", "answer_secret").order_by("-added_at", "-id")
    return rows.order_by("code").prefetch_related("campuses", Prefetch("keys", keys))


def _listed(row: Partner) -> ListedPartner:
    return ListedPartner(
        code=row.code,
        name=BilingualText(zh=row.name_zh, en=row.name_en),
        campuses=tuple(sorted(each.campus_id for each in row.campuses.all())),
        requests_per_minute=row.requests_per_minute,
        is_on_site=row.is_on_site,
        is_active=row.is_active,
        created_at=row.created_at,
        keys=tuple(
            ListedKey(
                key_id=each.key_id, algorithm=Algorithm(each.algorithm), added_at=each.added_at, ended_at=each.ended_at
            )
            for each in row.keys.all()
        ),
    )
