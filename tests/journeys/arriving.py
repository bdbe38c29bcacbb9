"""A patient arrives: the code of the waiting area, as the nurse prints it, and a time near enough to check in."""

import re

import httpx
import psycopg

from launch.run import demo_logins
from tests.journeys.conftest import LiveProduct

NURSE = "Nurse"
FLOOR = "IMC-3"  # where the cardiologists of these stories are


def read_code_of_today(product: LiveProduct, *, area: str = FLOOR) -> str:
    """The code on the sheet that the nurse prints for a waiting area."""
    login = next(row for row in demo_logins() if row[1] == NURSE)
    with httpx.Client(base_url=product.url, follow_redirects=True, timeout=30, trust_env=False) as http:
        form = http.get("/staff/sign-in/").raise_for_status().text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        facts = {"username": login[2], "password": login[3], "csrfmiddlewaretoken": token.group(1)}
        http.post("/staff/sign-in/", data=facts, headers={"Referer": product.url}).raise_for_status()
        sheet = http.get(f"/staff/triage/areas/{area}/check-in-code/").raise_for_status().text
    found = re.search(r'class="sheet-words">([^<]+)<', sheet)
    assert found
    return found.group(1)


def bring_forward(product: LiveProduct, visit_id: str) -> None:
    """A place of later today becomes one of the coming hour, since check-in opens two hours before."""
    with psycopg.connect(product.database_url) as connection:
        connection.execute(
            """UPDATE scheduling_slot SET starts_at = now() + interval '1 hour', ends_at = now() + interval '70 minutes'
               WHERE starts_at > now() + interval '1 hour' AND id = (
                   SELECT slot_id FROM appointments_appointment JOIN encounters_encounter visit
                   ON visit.appointment_id = appointments_appointment.id WHERE visit.id = %s)""",
            [visit_id],
        )
