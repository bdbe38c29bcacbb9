"""Where a desk shows a person."""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from hospital.kernel.actors import Actor, Role


def person_address(*, actor: Actor, person_id: UUID) -> str:
    """The page of this person at the reader's own desk; empty when none of their desks shows people."""
    if actor.has_role(Role.REGISTRAR):
        return reverse("staff:registration_person", args=[person_id])
    if actor.has_role(Role.CASHIER):
        return reverse("staff:cashier_person", args=[person_id])
    if actor.has_role(Role.DOCTOR):
        return f"{reverse('staff:doctor')}?{urlencode({'person': person_id})}"
    return ""
