"""The images of an examination, to look through: slices, zoom, brightness; shown for reading, not for a diagnosis."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.types import BilingualText
from hospital.orders.api import get_order, list_lines
from hospital.results.api import list_exam_reports
from hospital.results.errors import ExamReportSigned, TooManyKeyImages, UnknownExamination, UnknownReport
from hospital.results.types import AmendmentKind
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.exam_frame import report_frame
from hospital.staff_web.doctor.views import doctor
from hospital.workflows.errors import ArchiveAway, UnknownImage
from hospital.workflows.exam_images import (
    ImageWindow,
    choose_key_image,
    list_exam_images,
    list_places,
    read_place,
    render_exam_image,
)

WINDOWS = (
    (ImageWindow.LUNG, _("Lung")),
    (ImageWindow.SOFT, _("Soft tissue")),
    (ImageWindow.BONE, _("Bone")),
    (ImageWindow.BRAIN, _("Brain")),
)


@require_GET
@doctor
def exam_images(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The viewer; `series` asks for one, else the largest is shown first."""
    actor, now = actor_of(request), timezone.now()
    line = list_lines(line_ids=[line_id]).get(line_id)
    if line is None:
        raise UnknownExamination
    order = get_order(order_id=line.order_id, actor=actor, now=now)
    visit = get_encounter(encounter_id=order.encounter_id)
    found = list_exam_images(line_id=line_id, actor=actor, now=now)
    report = list_exam_reports(order_line_ids=[line_id]).get(line_id)
    series: list[dict[str, Any]] = [
        {
            "name": each.description or each.modality,
            "modality": each.modality,
            "can_window": each.modality == "CT",
            "frames": [reverse("staff:doctor_exam_image", args=[line_id, place.text]) for place in places],
            "places": [place.text for place in places],
        }
        for each, places in zip(found.series, list_places(images=found), strict=True)
    ]
    largest = max(range(len(series)), key=lambda number: len(series[number]["frames"]), default=0)
    context = report_frame(request, line_id=line_id, visit_id=visit.id, now=now)
    context.update(
        patient=get_banner(actor=actor, person_id=order.person_id, now=now, payer=visit.payer),
        order=order,
        line=line,
        visit=visit,
        series=series,
        first=largest,
        is_away=found.is_away,
        windows=WINDOWS,
        can_choose=report is not None and not report.is_signed and report.kind is not AmendmentKind.ADDENDUM,
        chosen=len(report.key_images) if report else 0,
    )
    return render(request, "staff_web/doctor/exam_images.html", context)


@require_POST
@doctor
def choose_image(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Puts the image that is looked at into the report that is being written."""
    asked = request.POST.get("window", "")
    place = request.POST.get("place", "")
    try:
        choose_key_image(
            line_id=line_id,
            place=read_place(place),
            window=ImageWindow(asked) if asked in set(ImageWindow) else None,
            caption=BilingualText(request.POST.get("caption_zh", ""), request.POST.get("caption_en", "")),
            actor=actor_of(request),
            now=timezone.now(),
        )
        messages.success(request, gettext("The image is in the report."))
    except (ArchiveAway, ExamReportSigned, TooManyKeyImages, UnknownImage, UnknownReport) as refusal:
        messages.error(request, refusal.message)
    return redirect("staff:doctor_exam_images", line_id=line_id)


@require_GET
@doctor
def films(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """The middle image of each series, fetched after the page of the report: the archive may be slow or away."""
    found = list_exam_images(line_id=line_id, actor=actor_of(request), now=timezone.now())
    series = [
        {
            "name": each.description or each.modality,
            "count": len(places),
            "href": reverse("staff:doctor_exam_image", args=[line_id, places[len(places) // 2].text]),
        }
        for each, places in zip(found.series, list_places(images=found), strict=True)
    ]
    context = {"series": series, "is_away": found.is_away, "line_id": line_id}
    return render(request, "staff_web/doctor/_films.html", context)


@require_GET
@doctor
def exam_image(request: HttpRequest, line_id: UUID, place: str) -> HttpResponse:
    """One image; `window` asks for the gray values of a CT."""
    asked = request.GET.get("window", "")
    picture = render_exam_image(
        line_id=line_id,
        place=read_place(place),
        window=ImageWindow(asked) if asked in set(ImageWindow) else None,
        actor=actor_of(request),
        now=timezone.now(),
    )
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=300"})
