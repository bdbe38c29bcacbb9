"""Who may write the catalog."""

from hospital.catalog.errors import NotPriceOffice
from hospital.kernel.actors import Actor, ActorKind, Role


def require_price_office(actor: Actor) -> None:
    """Refuses `NotPriceOffice` to anyone but the price office of some campus and the product itself."""
    is_office = any(role is Role.PRICE_OFFICER for role, _campus in actor.grants)
    if actor.kind is not ActorKind.SYSTEM and not is_office:
        raise NotPriceOffice
