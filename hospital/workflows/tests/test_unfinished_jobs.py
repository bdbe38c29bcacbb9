"""What a killed worker was doing is done again: a question about money is never forgotten (A18)."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from hospital.kernel.queue import defer_task
from hospital.workflows.tasks import resume_unfinished_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def begin(task: str, *, heartbeat: str | None) -> int:
    """A job that a worker began; `heartbeat` is how long ago it was last heard of, None: it is gone from the list."""
    defer_task(task, payment_order_id="1", query_round=1)
    with connection.cursor() as cursor:
        worker_id = None
        if heartbeat is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
                [heartbeat],
            )
            (worker_id,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE status = 'todo' RETURNING id",
            [worker_id],
        )
        (job_id,) = cursor.fetchone()
    return int(job_id)


@pytest.mark.requirement("A18")
@pytest.mark.parametrize(("heartbeat", "status"), [("10 minutes", "todo"), (None, "todo"), ("1 second", "doing")])
def test_a_job_of_a_dead_worker_is_done_again_and_that_of_a_living_one_is_not(
    heartbeat: str | None, status: str
) -> None:
    job_id = begin("payments.query_payment", heartbeat=heartbeat)
    own = Job(id=0, queue="default", lock=None, queueing_lock=None, task_name="workflows.resume_unfinished_jobs")
    async_to_sync(resume_unfinished_jobs.func)(
        JobContext(app=app, job=own, start_timestamp=0.0, abort_reason=lambda: None), timestamp=0
    )
    assert ProcrastinateJob.objects.get(id=job_id).status == status
