"""The type of a request whose caller is known."""

from django.http import HttpRequest

from hospital.kernel.actors import Actor


class PatientRequest(HttpRequest):
    """A request with the actor that `PatientBearer` found."""

    auth: Actor
