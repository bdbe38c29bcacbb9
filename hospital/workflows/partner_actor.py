"""A partner as the one who acts: at its campuses, and nowhere else (X49–X51)."""

from hospital.kernel.actors import Actor, ActorKind
from hospital.partners.errors import CampusNotAllowed
from hospital.partners.types import PartnerCard


def act_as(partner: PartnerCard, *, ip: str = "", request_id: str = "") -> Actor:
    """The actor for a partner's call."""
    return Actor(
        kind=ActorKind.PARTNER,
        id=partner.code,
        label=partner.name.en,
        campuses=partner.campuses,
        ip=ip,
        request_id=request_id,
    )


def require_campus(*, partner: PartnerCard, campus_code: str) -> None:
    """Refuses with `CampusNotAllowed` where the partner may not act."""
    if campus_code not in partner.campuses:
        raise CampusNotAllowed
