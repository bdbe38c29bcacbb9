"""A printed paper as an answer."""

from django.http import HttpResponse

from hospital.documents.types import RenderedPaper


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
