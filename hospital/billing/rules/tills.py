"""Who handles money at a campus (domain brief §2, Cashier)."""

from hospital.billing.errors import NotCashier, NotContractOffice
from hospital.kernel.actors import Actor, ActorKind, Role


def require_cashier(actor: Actor, campus_code: str) -> None:
    """Refuses `NotCashier` to anyone but a cashier of the campus and the product itself."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role(Role.CASHIER, campus_code):
        raise NotCashier


def require_contract_office(actor: Actor) -> None:
    """Refuses `NotContractOffice` to anyone but the price office of some campus and the product itself."""
    is_office = any(role is Role.PRICE_OFFICER for role, _campus in actor.grants)
    if actor.kind is not ActorKind.SYSTEM and not is_office:
        raise NotContractOffice


def require_payer(actor: Actor, campus_code: str) -> None:
    """Refuses `NotCashier` to staff who are no cashiers of the campus; patients pay their own bills.

    A partner takes money for the campuses at which it may act (X51).
    """
    if actor.kind is ActorKind.PARTNER and campus_code in actor.campuses:
        return
    if actor.kind is not ActorKind.PATIENT:
        require_cashier(actor, campus_code)
