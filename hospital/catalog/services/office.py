"""Who may write the catalog, and when a version takes effect."""

from datetime import datetime, time

from hospital.catalog.errors import NotPriceOffice
from hospital.catalog.rules.checks import settle_start
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import SHANGHAI


def require_price_office(actor: Actor) -> None:
    """Refuses `NotPriceOffice` to anyone but the price office of some campus and the product itself."""
    is_office = any(role is Role.PRICE_OFFICER for role, _campus in actor.grants)
    if actor.kind is not ActorKind.SYSTEM and not is_office:
        raise NotPriceOffice


def settle_start_of(*, wanted: datetime, now: datetime) -> datetime:
    """The instant at which a version published now takes effect; see `settle_start` (brief §1.6.7)."""
    local = now.astimezone(SHANGHAI)
    day_begins = datetime.combine(local.date(), time(), tzinfo=SHANGHAI)
    return settle_start(wanted=wanted, day_begins=day_begins, now=now)
