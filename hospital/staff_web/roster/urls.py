"""Addresses of the roster desk."""

from django.urls import path

from hospital.staff_web.roster import calendar, campus, sessions, templates, week

urlpatterns = [
    path("", week.week, name="roster"),
    path("sessions/new/", sessions.new_session, name="roster_new"),
    path("sessions/<uuid:session_id>/", week.session, name="roster_session"),
    path("sessions/<uuid:session_id>/move/", sessions.move, name="roster_move"),
    path("sessions/<uuid:session_id>/substitute/", sessions.substitute, name="roster_substitute"),
    path("sessions/<uuid:session_id>/stop/", sessions.stop, name="roster_stop"),
    path("days/<str:day>/", sessions.day, name="roster_day"),
    path("templates/", templates.templates, name="roster_templates"),
    path("templates/new/", templates.new_template, name="roster_template_new"),
    path("templates/<uuid:template_id>/", templates.template, name="roster_template"),
    path("templates/<uuid:template_id>/end/", templates.end, name="roster_template_end"),
    path("calendar/", calendar.calendar, name="roster_calendar"),
    path("calendar/remove/", calendar.remove, name="roster_calendar_remove"),
    path("calendar/open/", calendar.open_ahead, name="roster_open"),
    path("campus/", campus.campus, name="roster_campus"),
    path("campus/place/", campus.place, name="roster_place"),
    path("campus/follow-ups/", campus.follow_ups, name="roster_follow_ups"),
    path("campus/follow-up-fees/", campus.follow_up_fees, name="roster_follow_up_fees"),
]
