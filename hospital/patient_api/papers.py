"""A printed paper as an answer."""

from typing import Final

from django.http import HttpResponse

from hospital.documents.types import RenderedPaper
from hospital.patient_api.files import describe_file

PDF_ANSWER: Final = describe_file("application/pdf", "The paper")


def pdf_response(paper: RenderedPaper) -> HttpResponse:
    """The PDF, named by its number, never kept by a cache."""
    return HttpResponse(
        paper.pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{paper.filename}"',
            "Cache-Control": "no-store",
        },
    )
