"""A refused act of a signed-in account is an entry of the audit trail too (N14)."""

from django.http import HttpRequest
from django.utils import timezone

from hospital.accounts.api import get_patient_actor
from hospital.accounts.errors import NotSignedIn
from hospital.audit.api import record_refusal
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.patient_api.authentication import bearer_token, client_address, request_id
from hospital.patients.errors import UnknownPerson


def record_refused_act(request: HttpRequest, refusal: Refusal) -> None:
    """Records an attempt at what is somebody else's; a full slot or a typing mistake is nothing to watch.

    Called after the refused transaction was rolled back.
    """
    if refusal.status != 403 and not isinstance(refusal, UnknownPerson):
        return
    try:
        actor = _actor(request)
    except NotSignedIn:
        return
    record_refusal(
        actor=actor,
        action="patient_api.refused",
        subject_kind="address",
        subject_id=request.path,
        reason=refusal.code,
        now=timezone.now(),
    )


def _actor(request: HttpRequest) -> Actor:
    """Whom the API found, or who holds the token where a hot path looked at it in its own statement."""
    known = getattr(request, "auth", None)
    if isinstance(known, Actor):
        return known
    return get_patient_actor(
        token=bearer_token(request),
        ip=client_address(request),
        request_id=request_id(request),
        now=timezone.now(),
    )
