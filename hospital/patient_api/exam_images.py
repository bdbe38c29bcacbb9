"""The images beside an examination report: rendered here for the screen, never from the archive itself (A08, W26)."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from hospital.patient_api.files import describe_file
from hospital.patient_api.report_schemas import ExamImagesOut, ImageSeriesOut
from hospital.patient_api.requests import PatientRequest
from hospital.results.api import get_exam_report, get_key_picture
from hospital.workflows.exam_images import (
    ImageWindow,
    list_places,
    list_report_images,
    read_place,
    render_report_image,
)

router = Router(tags=["Reports"])


@router.get("/exam-reports/{uuid:report_id}/images", response=ExamImagesOut, summary="The images of an examination")
def list_my_exam_images(request: PatientRequest, report_id: UUID) -> ExamImagesOut:
    """Series in their order, empty where the archive has none; the look leaves a trace.

    Refusals: `unknown_report`, `report_closed`.
    """
    found = list_report_images(report_id=report_id, actor=request.auth, now=timezone.now())
    return ExamImagesOut(
        is_away=found.is_away,
        series=[
            ImageSeriesOut(
                description=series.description,
                modality=series.modality,
                can_window=series.modality == "CT",
                frames=[place.text for place in places],
            )
            for series, places in zip(found.series, list_places(images=found), strict=True)
        ],
    )


@router.get(
    "/exam-reports/{uuid:report_id}/images/{place}",
    summary="One image of an examination",
    openapi_extra=describe_file("image/jpeg", "The image"),
)
def show_my_exam_image(
    request: PatientRequest, report_id: UUID, place: str, window: ImageWindow | None = None
) -> HttpResponse:
    """A JPEG for the screen, not for a diagnosis; `place` is one of `frames`. Refusals: `unknown_report`,
    `report_closed`, `unknown_image`, `archive_away`."""
    picture = render_report_image(
        report_id=report_id, place=read_place(place), window=window, actor=request.auth, now=timezone.now()
    )
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.get(
    "/exam-reports/{uuid:report_id}/key-images/{uuid:image_id}",
    summary="An image that the doctor chose for the report",
    openapi_extra=describe_file("image/jpeg", "The image"),
)
def show_my_key_image(request: PatientRequest, report_id: UUID, image_id: UUID) -> HttpResponse:
    """As it is printed with the report. Refusals: `unknown_report` (also: no such image), `report_closed`."""
    report = get_exam_report(report_id=report_id, actor=request.auth, now=timezone.now())
    picture = get_key_picture(image_id=image_id, report_id=report.id)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store"})
