"""The page after signing in: the reader's desks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import list_desks


@desk_view()
def home(request: HttpRequest) -> HttpResponse:
    """The desks that are open to the reader here; the only one opens at once."""
    desks = list_desks(actor=actor_of(request))
    if len(desks) == 1:
        return redirect(desks[0].route)
    return render(request, "staff_web/home.html")
