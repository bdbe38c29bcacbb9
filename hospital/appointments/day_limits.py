"""How many places a person may have on one day, counted one after the other when a hold becomes a booking."""

from django.db import connection
from django.db.models import Count, Q

from hospital.appointments.errors import TooManyInDepartment, TooManyThatDay
from hospital.appointments.models import Appointment
from hospital.appointments.rules import MOST_A_DAY, MOST_IN_DEPARTMENT_A_DAY
from hospital.appointments.statements import WAIT_FOR_MACHINES
from hospital.appointments.states import AppointmentState

_KEPT = (AppointmentState.BOOKED, AppointmentState.TAKEN)


def check_day(row: Appointment) -> None:
    """Refuses what several holds of the same moment would bring above the limits. In the caller's transaction.

    Refusals: `TooManyThatDay`, `TooManyInDepartment`.
    """
    session = row.session
    if session.service_type == "EMERGENCY" or row.state != AppointmentState.HELD:
        return
    with connection.cursor() as cursor:
        cursor.execute(WAIT_FOR_MACHINES, {"person_id": row.person_id})
    kept = Appointment.objects.filter(person_id=row.person_id, state__in=_KEPT, session__held_on=session.held_on)
    of_department = Count("pk", filter=Q(session__department_id=session.department_id))
    counts = kept.aggregate(on_that_day=Count("pk"), in_department=of_department)
    if counts["in_department"] >= MOST_IN_DEPARTMENT_A_DAY:
        raise TooManyInDepartment(most=MOST_IN_DEPARTMENT_A_DAY)
    if counts["on_that_day"] >= MOST_A_DAY:
        raise TooManyThatDay(most=MOST_A_DAY)
