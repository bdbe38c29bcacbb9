"""Papers in the browser: the language that was chosen, the PDF shown beside the desk."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hospital.documents.api import DocumentKind, PaperLanguage, PaperSheet, RenderedPaper

_SHEETS: dict[PaperSheet, Promise | str] = {
    PaperSheet.A4: "A4",
    PaperSheet.A5: "A5",
    PaperSheet.ROLL_80: _("80 mm roll"),
}


def paper_language(request: HttpRequest) -> PaperLanguage:
    """The language asked for (`language=zh|en|both`), else the page's own."""
    asked = request.GET.get("language", "")
    if asked in set(PaperLanguage):
        return PaperLanguage(asked)
    return PaperLanguage.ZH if (get_language() or "en").startswith("zh") else PaperLanguage.EN


def paper_sheet(request: HttpRequest) -> PaperSheet | None:
    """The sheet asked for (`sheet=a4|a5|roll`); None where the paper's own is meant."""
    asked = request.GET.get("sheet", "")
    return PaperSheet(asked) if asked in set(PaperSheet) else None


def sheet_choices(kind: DocumentKind) -> list[tuple[str, Promise | str]]:
    """The sheets that a kind of paper is laid out for, its own first, for the document picker."""
    return [(sheet.value, _SHEETS[sheet]) for sheet in kind.sheets]


def paper_response(paper: RenderedPaper) -> HttpResponse:
    """The PDF, shown in the browser and kept by no cache."""
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.filename}"'
    response["Cache-Control"] = "no-store"
    return response
