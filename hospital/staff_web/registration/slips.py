"""The registration slip on paper (F45)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hospital.kernel.actors import Role
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.papers import paper_language, paper_response, paper_sheet
from hospital.workflows.print_slip import print_registration_slip


@require_GET
@desk_view(Role.REGISTRAR)
def slip(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Prints the slip in the language that the page chose."""
    paper = print_registration_slip(
        encounter_id=encounter_id,
        language=paper_language(request),
        sheet=paper_sheet(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(paper)
