"""Where every address leads. Each face keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from hospital.patient_api.app_page import app_page
from hospital.staff_web.entry.views import entry
from hospital.staff_web.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", app_page, name="app"),
    path("about/", entry, name="entry"),
    path("api/", include("hospital.patient_api.urls")),
    path(".well-known/", include("hospital.patient_api.app_links")),
    path("partner/v1/", include("hospital.partner_api.urls")),
    path("pay/", include("hospital.patient_api.return_urls")),
    path("staff/", include("hospital.staff_web.urls")),
    path("wall/", include("hospital.staff_web.waiting.wall_urls")),
    path("s/", include("hospital.staff_web.sharing.urls")),
    path("v/", include("hospital.staff_web.verification.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("django_prometheus.urls")),
]

handler400 = "hospital.staff_web.error_pages.bad_request"
handler403 = "hospital.staff_web.error_pages.forbidden"
handler404 = "hospital.staff_web.error_pages.not_found"
handler500 = "hospital.staff_web.error_pages.server_error"
