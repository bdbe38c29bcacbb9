"""Who handles receipts at a campus (domain brief §2, Cashier)."""

from hospital.billing.errors import NotCashier
from hospital.kernel.actors import Actor, ActorKind, Role


def require_cashier(actor: Actor, campus_code: str) -> None:
    """Refuses `NotCashier` to anyone but a cashier of the campus and the product itself."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role(Role.CASHIER, campus_code):
        raise NotCashier
