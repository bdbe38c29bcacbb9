"""Who calls: a bearer token in the Authorization header."""

from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from hospital.accounts.api import get_patient_actor
from hospital.accounts.errors import NotSignedIn
from hospital.kernel.actors import Actor
from hospital.scheduling.types import Channel


def bearer_token(request: HttpRequest) -> str:
    """The token of the request; refuses with `NotSignedIn` when there is none."""
    scheme, _, token = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    return token


def request_id(request: HttpRequest) -> str:
    """The caller's request id when it is a plain one, else a new one."""
    given = str(request.META.get("HTTP_X_REQUEST_ID", ""))
    return given if given.isascii() and given.replace("-", "").isalnum() and len(given) <= 36 else str(uuid4())


def client_address(request: HttpRequest) -> str:
    """The address from which the request came."""
    return str(request.META.get("REMOTE_ADDR", ""))


def booking_channel(request: HttpRequest) -> Channel:
    """By which of our programs a place is asked for: the mini program says so in a header, everything else is the app.

    A claim, not a proof: between the two pools nothing is at stake that a patient could not have by the other program.
    """
    return Channel.MINI if request.META.get("HTTP_X_CHANNEL") == "mini" else Channel.APP


class PatientBearer(HttpBearer):
    """Turns the token into an `Actor` (`request.auth`)."""

    def __call__(self, request: HttpRequest) -> Actor:
        return self.authenticate(request, bearer_token(request))

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The actor of the session; refuses with `NotSignedIn`."""
        return get_patient_actor(
            token=token, ip=client_address(request), request_id=request_id(request), now=timezone.now()
        )
