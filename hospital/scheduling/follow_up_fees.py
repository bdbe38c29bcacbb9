"""Which registration fee a follow-up costs instead of a session's own. It holds for every campus."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hospital.audit.api import acting, record_act
from hospital.catalog.api import search_items
from hospital.catalog.types import ItemCard, ServiceCategory
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.scheduling.errors import NotRosterClerk, UnknownFollowUpFee
from hospital.scheduling.roster_models import FollowUpItem
from hospital.scheduling.types import FollowUpFee

_MOST_FEES = 200


def list_follow_up_fees(*, now: datetime) -> list[FollowUpFee]:
    """Every registration fee of the catalog with the fee of its follow-up; two statements."""
    rows = dict(FollowUpItem.objects.values_list("item_code", "follow_up_item_code"))
    follow_ups = set(rows.values())
    return [
        FollowUpFee(
            item_code=each.code,
            name=each.name,
            follow_up_item_code=rows.get(each.code),
            is_follow_up=each.code in follow_ups,
        )
        for each in _list_fees(now)
    ]


def set_follow_up_fees(*, fees: Mapping[str, str | None], actor: Actor, now: datetime) -> int:
    """A follow-up of a session with a fee costs the other one; None where there are none. How many changed.

    For bookings from now on; booked ones keep their fee. All or nothing. Refusals: `NotRosterClerk`,
    `UnknownFollowUpFee` (not a registration fee of the catalog, or the same one).
    """
    if actor.kind is not ActorKind.STAFF or not actor.campuses_of(Role.ROSTER_CLERK):
        raise NotRosterClerk
    known = {each.code for each in _list_fees(now)}
    if any(code not in known or other == code or (other or code) not in known for code, other in fees.items()):
        raise UnknownFollowUpFee
    with acting(actor=actor):
        rows = FollowUpItem.objects.select_for_update().filter(item_code__in=fees).order_by("item_code")
        standing = {row.item_code: row.follow_up_item_code for row in rows}
        changed = {code: other for code, other in fees.items() if standing.get(code) != other}
        FollowUpItem.objects.filter(item_code__in=[code for code, other in changed.items() if other is None]).delete()
        FollowUpItem.objects.bulk_create(
            [FollowUpItem(item_code=code, follow_up_item_code=other) for code, other in changed.items() if other],
            update_conflicts=True,
            unique_fields=["item_code"],
            update_fields=["follow_up_item_code"],
        )
        for code, other in changed.items():
            record_act(
                actor=actor,
                action="scheduling.set_follow_up_fee",
                subject_kind="catalog_item",
                subject_id=code,
                now=now,
                details={"follow_up": other, "before": standing.get(code)},
            )
    return len(changed)


def _list_fees(now: datetime) -> Sequence[ItemCard]:
    return search_items(text="", now=now, categories=[ServiceCategory.REGISTRATION], limit=_MOST_FEES)
