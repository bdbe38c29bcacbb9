"""Papers in the browser: the language that was chosen, the PDF shown beside the desk."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from hospital.documents.api import PaperLanguage, RenderedPaper


def paper_language(request: HttpRequest) -> PaperLanguage:
    """The language asked for (`language=zh|en|both`), else the page's own."""
    asked = request.GET.get("language", "")
    if asked in set(PaperLanguage):
        return PaperLanguage(asked)
    return PaperLanguage.ZH if (get_language() or "en").startswith("zh") else PaperLanguage.EN


def paper_response(paper: RenderedPaper) -> HttpResponse:
    """The PDF, shown in the browser and kept by no cache."""
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.filename}"'
    response["Cache-Control"] = "no-store"
    return response
