"""The door of administration: each administrator has one room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from hospital.kernel.actors import Role
from hospital.staff_web.access import actor_of, desk_view


@require_GET
@desk_view(Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)
def administration(request: HttpRequest) -> HttpResponse:
    """To the audit trail or to users and roles, by the role held here."""
    return redirect("staff:audit" if actor_of(request).has_role(Role.AUDIT_ADMIN) else "staff:security")
