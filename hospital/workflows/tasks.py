"""Background work that crosses contexts."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from hospital.accounts.api import forget_text_counts
from hospital.appointments.api import expire_holds
from hospital.assistance.api import end_assistance_of
from hospital.audit.api import seal_entries
from hospital.consents.api import expire_data_copies
from hospital.kernel.actors import system_actor
from hospital.kernel.clock import local_day
from hospital.scheduling.api import DAYS_AHEAD, generate_sessions
from hospital.tills.api import close_machines
from hospital.workflows.call_off_session import call_off_session, finish_stopped_sessions
from hospital.workflows.collect_bill import end_collection
from hospital.workflows.copy_own_data import build_data_copy
from hospital.workflows.dispense_drugs import expire_uncollected
from hospital.workflows.insure_nationally import resettle_refund, send_insured_refund
from hospital.workflows.keep_exam_times import free_refunded_exams, open_coming_days, remind_of_exams
from hospital.workflows.lower_fees import finish_substitution
from hospital.workflows.mark_missed import mark_missed_places
from hospital.workflows.pay_bill import finish_refund, release_bill, settle_payment
from hospital.workflows.return_unpaid import return_unpaid_places
from hospital.workflows.tell_patient import tell_patient
from hospital.workflows.tell_readers import tell_batch
from hospital.workflows.tell_staff import tell_staff
from hospital.workflows.wait_for_place import tend_waitlists

# Money news is told again until it is taken in; every step of it may be repeated.
UNTIL_DONE = RetryStrategy(max_attempts=20, exponential_wait=2)


@app.periodic(cron="* * * * *")
@app.task(name="workflows.expire_holds", queueing_lock="workflows.expire_holds", pass_context=False)
def give_back_expired_holds(timestamp: int) -> None:
    """Every minute: places whose 15 minutes ran out go back."""
    expire_holds(actor=system_actor("expire_holds"), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="workflows.return_unpaid", queueing_lock="workflows.return_unpaid", pass_context=False)
def give_back_unpaid_places(timestamp: int) -> None:
    """Every minute: places that were not paid for in time go back."""
    return_unpaid_places(now=timezone.now())


@app.task(name="workflows.call_off_session", retry=UNTIL_DONE)
def call_off_bookings(session_id: str) -> None:
    """A session was stopped: its bookings are called off, their fees go back."""
    call_off_session(session_id=UUID(session_id), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="workflows.finish_calling_off", queueing_lock="workflows.finish_calling_off", pass_context=False)
def finish_calling_off(timestamp: int) -> None:
    """Every minute: what was left of stopped sessions is called off."""
    finish_stopped_sessions(now=timezone.now())


@app.task(name="workflows.finish_substitution", retry=UNTIL_DONE)
def lower_fees_of_substitute(session_id: str, planned_id: str, at: str) -> None:
    """Another doctor took a session over: who paid more than that doctor costs gets the difference back."""
    finish_substitution(
        session_id=UUID(session_id),
        planned_id=UUID(planned_id),
        substituted_at=datetime.fromisoformat(at),
        now=timezone.now(),
    )


@app.periodic(cron="47 18 * * *")
@app.task(name="workflows.open_sessions", queueing_lock="workflows.open_sessions", pass_context=False)
def open_sessions_ahead(timestamp: int) -> None:
    """Every night: the sessions of the coming weeks are opened from the templates."""
    now = timezone.now()
    today = local_day(now)
    last = today + timedelta(days=DAYS_AHEAD)
    generate_sessions(first=today, last=last, actor=system_actor("open_sessions"), now=now)


@app.periodic(cron="* * * * *")
@app.task(name="workflows.tend_waitlists", queueing_lock="workflows.tend_waitlists", pass_context=False)
def offer_returned_places(timestamp: int) -> None:
    """Every minute: places that came back are offered to those who wait for them."""
    tend_waitlists(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="workflows.mark_missed", queueing_lock="workflows.mark_missed", pass_context=False)
def mark_what_nobody_came_to(timestamp: int) -> None:
    """Every ten minutes: bookings of ended sessions whose number was never taken are missed."""
    mark_missed_places(now=timezone.now())


@app.task(name="workflows.resettle_refund", retry=UNTIL_DONE)
def settle_what_a_refund_left(refund_id: str) -> None:
    """A fee that the national insurance shares is given back by the terms of its booking."""
    resettle_refund(refund_id=UUID(refund_id), actor=system_actor("resettle_refund"), now=timezone.now())


@app.task(name="workflows.send_insured_refund", retry=UNTIL_DONE)
def go_on_with_insured_refund(refund_id: str) -> None:
    """The national insurance has settled what a refund left."""
    send_insured_refund(refund_id=UUID(refund_id), now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="workflows.seal_audit", queueing_lock="workflows.seal_audit", pass_context=False)
def seal_audit(timestamp: int) -> None:
    """Every minute: new audit entries join the hash chain."""
    seal_entries(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="workflows.resume_unfinished_jobs", queueing_lock="workflows.resume_unfinished_jobs", pass_context=True)
async def resume_unfinished_jobs(context: JobContext, timestamp: int) -> None:
    """Every minute: what a worker was doing when it was killed is done again. Every job may be repeated."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)


@app.periodic(cron="17 19 * * *")
@app.task(name="workflows.forget_old_jobs", queueing_lock="workflows.forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Every night: jobs that ended well a month ago are deleted; what failed stays to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=30 * 24)


@app.periodic(cron="27 19 * * *")
@app.task(name="workflows.expire_data_copies", queueing_lock="workflows.expire_data_copies", pass_context=False)
def wipe_old_data_copies(timestamp: int) -> None:
    """Every night: copies of people's data that nobody took in seven days are wiped."""
    expire_data_copies(now=timezone.now())


@app.periodic(cron="37 19 * * *")
@app.task(name="workflows.forget_text_counts", queueing_lock="workflows.forget_text_counts", pass_context=False)
def forget_old_text_counts(timestamp: int) -> None:
    """Every night: how many codes went by text message is forgotten after a week."""
    forget_text_counts(now=timezone.now())


@app.periodic(cron="1 16 * * *")
@app.task(name="workflows.close_machines", queueing_lock="workflows.close_machines", pass_context=False)
def close_phones_and_machines(timestamp: int) -> None:
    """Just after midnight in Guangzhou: what phones and partners' machines took is closed (日结)."""
    close_machines(actor=system_actor("close_machines"), now=timezone.now())


@app.periodic(cron="0 10 * * *")
@app.task(name="workflows.remind_of_exams", queueing_lock="workflows.remind_of_exams", pass_context=False)
def tell_of_tomorrows_exams(timestamp: int) -> None:
    """At six in the evening in Guangzhou: how to prepare for tomorrow's examinations."""
    remind_of_exams(now=timezone.now())


@app.periodic(cron="13 17 * * *")
@app.task(name="workflows.expire_prescriptions", queueing_lock="workflows.expire_prescriptions", pass_context=False)
def end_uncollected_prescriptions(timestamp: int) -> None:
    """Every night: prescriptions that nobody can extend any more end; what was picked goes back on the shelf."""
    expire_uncollected(now=timezone.now())


@app.periodic(cron="7 18 * * *")
@app.task(name="workflows.open_device_days", queueing_lock="workflows.open_device_days", pass_context=False)
def open_device_days(timestamp: int) -> None:
    """Every night: devices are opened four weeks ahead."""
    open_coming_days(now=timezone.now())


@app.task(name="workflows.free_refunded_exams", retry=UNTIL_DONE)
def free_times_of_refunded_exams(person_id: str, **_news: str) -> None:
    """Money went back: the times of the examinations that it was for go back too."""
    free_refunded_exams(person_id=UUID(person_id), now=timezone.now())


@app.task(name="workflows.end_help", retry=UNTIL_DONE)
def end_help_of_booking(subject_id: str, **_news: str) -> None:
    """A booking came to nothing: the interpreter and the car that were asked for with it are free again."""
    end_assistance_of(appointment_id=UUID(subject_id), actor=system_actor("end_help"), now=timezone.now())


@app.task(name="workflows.build_data_copy", retry=UNTIL_DONE)
def make_data_copy(copy_id: str) -> None:
    """Somebody asked for a copy of their data."""
    build_data_copy(copy_id=UUID(copy_id), now=timezone.now())


@app.task(name="workflows.payment_settled", retry=UNTIL_DONE)
def take_in_payment(payment_order_id: str) -> None:
    """A payment came in: it is allocated to its bill."""
    settle_payment(payment_id=UUID(payment_order_id), now=timezone.now())


@app.task(name="workflows.payment_ended", retry=UNTIL_DONE)
def take_in_failure(payment_order_id: str) -> None:
    """A payment ended without money: its lines can be paid again."""
    release_bill(payment_id=UUID(payment_order_id), now=timezone.now())


@app.task(name="workflows.end_collection", retry=UNTIL_DONE)
def give_up_late_collection(settlement_id: str) -> None:
    """A bill was not collected in time: its lines can be paid again, what came in part goes back."""
    end_collection(settlement_id=UUID(settlement_id), actor=system_actor("end_collection"), now=timezone.now())


@app.task(name="workflows.refund_settled", retry=UNTIL_DONE)
def take_in_refund(refund_order_id: str) -> None:
    """A refund ended at its channel: the refund note ends with it."""
    finish_refund(refund_order_id=UUID(refund_order_id), now=timezone.now())


@app.task(name="workflows.tell_patient", retry=UNTIL_DONE)
def put_into_inbox(kind: str, subject_id: str, person_id: str, encounter_id: str, facts: str, at: str) -> None:
    """Something happened to a patient: their inbox says so, as of when it happened."""
    tell_patient(
        kind=kind,
        subject_id=subject_id,
        person_id=UUID(person_id),
        encounter_id=UUID(encounter_id) if encounter_id else None,
        facts=json.loads(facts),
        now=datetime.fromisoformat(at),
    )


@app.task(name="workflows.tell_staff", retry=UNTIL_DONE)
def warn_staff(kind: str, subject_id: str, person_id: str, encounter_id: str, facts: str, at: str) -> None:
    """A critical value was found, or nobody took it over in time: who has to know is told."""
    del kind, person_id, encounter_id, at
    tell_staff(alert_id=UUID(subject_id), level=json.loads(facts)["level"], now=timezone.now())


@app.task(name="workflows.tell_readers", retry=UNTIL_DONE)
def tell_next_readers(slug: str, after_id: str) -> None:
    """An editor tells of an announcement: the next accounts that agreed to news."""
    tell_batch(slug=slug, after_id=UUID(after_id), now=timezone.now())
