"""The type of a request whose signature was proved."""

from datetime import datetime

from django.http import HttpRequest

from hospital.kernel.actors import Actor
from hospital.partners.types import PartnerCard


class PartnerRequest(HttpRequest):
    """A request with the partner that signed it, the actor that it is, and when it came in."""

    partner: PartnerCard
    actor: Actor
    came_at: datetime
