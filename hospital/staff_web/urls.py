"""Addresses of the staff face."""

from django.urls import URLPattern, URLResolver, include, path

from hospital.staff_web import critical_bar, price_notices
from hospital.staff_web.home import home
from hospital.staff_web.people import allergies
from hospital.staff_web.people import views as people
from hospital.staff_web.registration import service_lines
from hospital.staff_web.signin import account, second_factor, views

app_name = "staff"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", second_factor.second_factor, name="second_factor"),
    path("sign-in/enroll/", second_factor.enroll, name="enroll"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.choose_language, name="language"),
    path("campus/", account.campus, name="campus"),
    path("search/", people.search, name="search"),
    path("emergency/", people.emergency, name="emergency"),
    path("people/<uuid:person_id>/unmask/", people.unmask, name="unmask"),
    path("people/<uuid:person_id>/allergies/", allergies.allergies, name="allergies"),
    path("people/<uuid:person_id>/allergies/none/", allergies.none_known, name="allergies_none"),
    path("people/<uuid:person_id>/allergies/<uuid:allergy_id>/", allergies.strike_out, name="allergy_strike"),
    path("people/<uuid:person_id>/emergency/", people.break_glass, name="break_glass"),
    path("people/<uuid:person_id>/price-notices/<str:service_line>/", price_notices.paper, name="price_notice"),
    path(
        "people/<uuid:person_id>/price-notices/<str:service_line>/signed/",
        price_notices.signed,
        name="price_notice_signed",
    ),
    path("service-lines/", service_lines.changes, name="service_lines"),
    path("service-lines/<uuid:change_id>/decide/", service_lines.decide, name="service_line_decide"),
    path("visits/<uuid:encounter_id>/service-line/", service_lines.visit, name="service_line"),
    path("visits/<uuid:encounter_id>/service-line/ask/", service_lines.ask, name="service_line_ask"),
    path("registration/", include("hospital.staff_web.registration.urls")),
    path("doctor/", include("hospital.staff_web.doctor.urls")),
    path("triage/", include("hospital.staff_web.waiting.urls")),
    path("treatments/", include("hospital.staff_web.treatments.urls")),
    path("examinations/", include("hospital.staff_web.examinations.urls")),
    path("reading/", include("hospital.staff_web.reading.urls")),
    path("laboratory/", include("hospital.staff_web.laboratory.urls")),
    path("pharmacy/", include("hospital.staff_web.pharmacy.urls")),
    path("translations/", include("hospital.staff_web.translations.urls")),
    path("cashier/", include("hospital.staff_web.cashier.urls")),
    path("settlements/", include("hospital.staff_web.tills.urls")),
    path("enquiries/", include("hospital.staff_web.enquiries.urls")),
    path("assistance/", include("hospital.staff_web.assistance.urls")),
    path("roster/", include("hospital.staff_web.roster.urls")),
    path("beds/", include("hospital.staff_web.beds.urls")),
    path("certificates/", include("hospital.staff_web.medical_documents.urls")),
    path("catalog/", include("hospital.staff_web.catalog.urls")),
    path("publications/", include("hospital.staff_web.publications.urls")),
    path("administration/", include("hospital.staff_web.administration.urls")),
    path("critical-bar/", critical_bar.critical_bar, name="critical_bar"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
]
