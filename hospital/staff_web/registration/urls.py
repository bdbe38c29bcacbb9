"""Addresses of the registration desk."""

from django.urls import path

from hospital.staff_web.registration import blocks, booking, extra, new_person, requests, slips, views

urlpatterns = [
    path("", views.desk, name="registration"),
    path("queue/", views.queue, name="registration_queue"),
    path("requests/", requests.requests, name="registration_requests"),
    path("requests/proofs/<uuid:proof_id>/", requests.decide_proof, name="registration_proof"),
    path("requests/proofs/<uuid:proof_id>/file/", requests.proof_file, name="registration_proof_file"),
    path("requests/claims/<uuid:claim_id>/", requests.decide_claim, name="registration_claim"),
    path("blocks/", blocks.blocks, name="registration_blocks"),
    path("blocks/<uuid:block_id>/", blocks.decide, name="registration_block"),
    path("new/", new_person.new_person, name="registration_new"),
    path("new/check/", new_person.check_number, name="registration_check"),
    path("people/<uuid:person_id>/", views.person, name="registration_person"),
    path("people/<uuid:person_id>/sessions/", booking.sessions, name="registration_sessions"),
    path("people/<uuid:person_id>/sessions/<uuid:session_id>/", booking.slots, name="registration_slots"),
    path("people/<uuid:person_id>/sessions/<uuid:session_id>/extra/", extra.ask, name="registration_extra_ask"),
    path("people/<uuid:person_id>/extra/<uuid:extra_id>/book/", extra.book, name="registration_extra_book"),
    path("people/<uuid:person_id>/book/", booking.book, name="registration_book"),
    path(
        "people/<uuid:person_id>/bookings/<uuid:appointment_id>/number/", views.take_number, name="registration_number"
    ),
    path("people/<uuid:person_id>/bookings/<uuid:appointment_id>/cancel/", views.cancel, name="registration_cancel"),
    path(
        "people/<uuid:person_id>/visits/<uuid:encounter_id>/check-in/",
        views.check_in_visit,
        name="registration_check_in",
    ),
    path("visits/<uuid:encounter_id>/slip/", slips.slip, name="registration_slip"),
]
