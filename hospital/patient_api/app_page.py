"""`/`: the page that the patient app starts from. Its files come from the build; whitenoise hands them out."""

from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from hospital.kernel.types import BilingualText

_NOT_BUILT = BilingualText(
    zh="患者端尚未构建：请运行 ./imc run。", en="The patient app has not been built yet: ./imc run builds it."
)


@require_safe
@csp_update(
    {"img-src": ["blob:"], "connect-src": [SELF, "blob:"]}
)  # pictures that the reader picked, files they fetched
def app_page(request: HttpRequest) -> HttpResponse:
    """The app's only page; it names its files by their content, so it alone must never be kept. 503 while unbuilt."""
    page = Path(settings.PATIENT_APP) / "index.html"
    if not page.exists():
        return HttpResponse(f"{_NOT_BUILT.en}\n{_NOT_BUILT.zh}\n", status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(page.read_bytes())
    response["Cache-Control"] = "no-cache"
    response["Last-Modified"] = http_date(page.stat().st_mtime)
    return response
