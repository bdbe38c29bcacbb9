"""A printed paper as an answer."""

from typing import Any, Final

from django.http import HttpResponse

from hospital.documents.types import RenderedPaper

# How such an answer is described; Ninja describes JSON only.
PDF_ANSWER: Final[dict[str, Any]] = {
    "responses": {
        200: {
            "description": "The paper",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


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
