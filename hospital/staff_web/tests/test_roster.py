"""The roster clerk's pages (A04, N12)."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from hospital.appointments.api import book_at_desk
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.encounters.tests.clinic import make_doctor, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.scheduling.models import CalendarDay, RosterSession, RosterTemplate, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.scheduling.tests.roster_factories import make_plan, make_room, make_template
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A04", "N12")]
DESK = "/staff/roster/"


@pytest.fixture
def clerk():
    """The browser of a roster clerk of the campus."""
    return open_desk(Role.ROSTER_CLERK)


def tomorrow():
    return local_day(timezone.now()) + timedelta(days=1)


def coming_session(**facts):
    """A session at this time tomorrow."""
    return make_session(starts_at=timezone.now() + timedelta(days=1), **facts)


def book(session_id):
    """Somebody has the first place."""
    slot = Slot.objects.filter(session_id=session_id).first()
    registrar = make_staff(Role.REGISTRAR)
    book_at_desk(slot_id=slot.pk, person_id=make_person().id, actor=registrar, now=timezone.now())


def text_of(answer):
    return answer.content.decode()


PAGES = ("", "sessions/new/", "templates/", "templates/new/", "calendar/", "campus/", "days/2026-12-01/")


@pytest.mark.parametrize("page", PAGES)
def test_the_desk_is_the_clerks_alone(page, clerk):
    assert clerk.get(DESK + page).status_code == 200
    for role in (Role.REGISTRAR, Role.DOCTOR, Role.PRICE_OFFICER):
        assert open_desk(role).get(DESK + page).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_week_shows_who_sits_where_with_places_and_what_is_taken(language):
    session_id = coming_session(places=5)
    book(session_id)
    page = text_of(open_desk(Role.ROSTER_CLERK, language=language).get(f"{DESK}?day={tomorrow()}"))
    assert "1/5" in page
    assert ("Conflicts" if language == "en" else "冲突") in page


def test_another_campus_is_not_shown_or_changed(clerk):
    session_id = coming_session(campus="NORTH")
    assert str(session_id) not in text_of(clerk.get(f"{DESK}?day={tomorrow()}"))
    assert clerk.get(f"{DESK}sessions/{session_id}/").status_code == 404
    reason = {"reason_zh": "停诊", "reason_en": "Stopped"}
    assert clerk.post(f"{DESK}sessions/{session_id}/stop/", reason).status_code == 404
    template = make_template(plan=make_plan(campus="NORTH"))
    assert clerk.get(f"{DESK}templates/{template.id}/").status_code == 404
    assert clerk.post(f"{DESK}templates/{template.id}/end/").status_code == 404
    assert not RosterSession.objects.get().is_stopped


def test_the_effect_is_shown_before_a_session_is_stopped(clerk):
    session_id = coming_session()
    book(session_id)
    page = text_of(clerk.get(f"{DESK}sessions/{session_id}/"))
    assert "Stop session, call off 1" in page
    address = f"{DESK}sessions/{session_id}/stop/"
    assert clerk.post(address, {"reason_zh": "医生生病"}).status_code == 422
    assert not RosterSession.objects.get().is_stopped
    assert clerk.post(address, {"reason_zh": "医生生病", "reason_en": "The doctor is ill"}).status_code == 302
    assert RosterSession.objects.get().stop_reason_en == "The doctor is ill"
    assert "The doctor is ill" in text_of(clerk.get(f"{DESK}sessions/{session_id}/"))


def test_another_doctor_is_put_into_a_booked_session(clerk):
    make_hospital_catalog()
    session_id = coming_session()
    address = f"{DESK}sessions/{session_id}/"
    assert "Substitute the doctor" not in text_of(clerk.get(address))
    book(session_id)
    unpriced = text_of(clerk.get(address))
    assert "Substitute, tell 1" in unpriced
    assert "from now on</dt><dd>—" in unpriced
    assert "from now on</dt><dd>—" not in text_of(clerk.get(f"{address}?fee=REG1"))
    _, other = make_doctor()
    assert clerk.post(f"{address}substitute/", {"clinician": "nobody"}).status_code == 422
    assert clerk.post(f"{address}substitute/", {"clinician": other.id}).status_code == 302
    assert RosterSession.objects.get().clinician_id == other.id
    assert "Instead of" in text_of(clerk.get(address))


def test_a_drop_proposes_and_the_button_moves(clerk):
    session_id = coming_session()
    row = RosterSession.objects.get()
    day = row.held_on + timedelta(days=1)
    page = text_of(clerk.get(f"{DESK}sessions/{session_id}/?day={day}&clinician={row.clinician_id}"))
    assert "Not saved yet" in page
    assert RosterSession.objects.get().held_on == row.held_on
    fields = {"clinician": row.clinician_id, "room": make_room(), "day": day, "starts": "09:00"}
    assert clerk.post(f"{DESK}sessions/{session_id}/move/", fields).status_code == 302
    assert RosterSession.objects.get(is_stopped=False).held_on == day


def test_a_move_into_a_used_room_is_refused_with_the_other_session(clerk):
    room = make_room()
    first, second = coming_session(), coming_session()
    RosterSession.objects.filter(pk=first).update(room=room)
    row = RosterSession.objects.select_related("clinician").get(pk=second)
    local = timezone.localtime(row.starts_at)
    fields = {"clinician": row.clinician_id, "room": room, "day": row.held_on, "starts": f"{local:%H:%M:%S}"}
    RosterSession.objects.update(starts_at=local.replace(second=0, microsecond=0))
    answer = clerk.post(f"{DESK}sessions/{second}/move/", fields | {"starts": f"{local:%H:%M}"})
    assert answer.status_code == 409
    assert RosterSession.objects.select_related("clinician").get(pk=first).clinician.name.en in text_of(answer)


@pytest.fixture
def plan_fields():
    """A plan as the form sends it."""
    make_hospital_catalog()
    _, doctor = make_doctor()
    return {
        "clinician": doctor.id,
        "part": "AM",
        "starts": "08:30",
        "ends": "11:30",
        "minutes": "20",
        "capacity": "1",
        "service_type": "INTL",
        "service_line": "INTL",
        "item": "REG1",
        "is_by_name": "on",
        "APP_places": "4",
        "APP_opens_days": "14",
        "APP_opens_clock": "07:30",
        "APP_folds_days": "1",
    }


def test_a_session_is_added_with_its_pools(clerk, plan_fields):
    day = tomorrow()
    answer = clerk.post(f"{DESK}sessions/new/", plan_fields | {"day": day})
    assert answer.status_code == 302, text_of(answer)
    assert list(Slot.objects.values_list("pool", flat=True)).count("APP") == 4
    assert Slot.objects.count() == 9
    again = clerk.post(f"{DESK}sessions/new/", plan_fields | {"day": day})
    assert again.status_code == 422
    assert "already has a session then" in text_of(again)


def test_a_weekly_session_is_added_changed_and_ended(clerk, plan_fields):
    fields = plan_fields | {"weekday": "1", "valid_from": tomorrow()}
    assert clerk.post(f"{DESK}templates/new/", fields).status_code == 302
    row = RosterTemplate.objects.get()
    page = clerk.get(f"{DESK}templates/{row.id}/")
    assert 'value="14"' in text_of(page)
    changed = fields | {"version": row.version, "ends": "12:00"}
    assert clerk.post(f"{DESK}templates/{row.id}/", changed).status_code == 302
    row.refresh_from_db()
    assert row.ends == time(12)
    assert clerk.post(f"{DESK}templates/{row.id}/", changed).status_code == 422  # of a page that is old now
    assert "/" in text_of(clerk.get(f"{DESK}templates/"))
    assert clerk.post(f"{DESK}templates/{row.id}/end/").status_code == 302
    row.refresh_from_db()
    assert row.valid_until == tomorrow()


def test_holidays_are_kept_and_the_coming_weeks_opened(clerk):
    day = tomorrow()
    make_template(weekday=day.isoweekday(), valid_from=day - timedelta(days=7))
    assert "Open 4 sessions now" in text_of(clerk.get(f"{DESK}calendar/"))
    fields = {"day": day, "as_weekday": "", "name_zh": "元旦", "name_en": "New Year’s Day"}
    assert clerk.post(f"{DESK}calendar/", fields).status_code == 302
    assert clerk.post(f"{DESK}calendar/", fields).status_code == 422
    assert "Open 3 sessions now" in text_of(clerk.get(f"{DESK}calendar/"))
    assert clerk.post(f"{DESK}calendar/open/").status_code == 302
    assert RosterSession.objects.count() == 3
    assert clerk.post(f"{DESK}calendar/remove/", {"day": day}).status_code == 302
    assert not CalendarDay.objects.exists()


def test_a_day_is_closed_with_its_effect_shown(clerk):
    session_id = coming_session()
    day = RosterSession.objects.get(pk=session_id).held_on
    assert "Stop 1 session" in text_of(clerk.get(f"{DESK}days/{day}/"))
    assert clerk.post(f"{DESK}days/{day}/", {"reason_zh": "台风", "reason_en": "Typhoon"}).status_code == 302
    assert RosterSession.objects.get().stop_reason_zh == "台风"
    assert "Nothing to close" in text_of(clerk.get(f"{DESK}days/{day}/"))
    assert clerk.get(f"{DESK}days/nonsense/").status_code == 404


def test_the_week_asks_as_much_for_many_sessions_as_for_one(clerk):
    coming_session()
    one = count_queries(clerk, f"{DESK}?day={tomorrow()}")
    for _ in range(4):
        coming_session()
    assert count_queries(clerk, f"{DESK}?day={tomorrow()}") == one
    assert one <= 20
