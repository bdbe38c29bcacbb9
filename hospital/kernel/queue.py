"""Background work: a job is written in the caller's transaction, so a rollback takes it along."""

from datetime import datetime

from procrastinate.contrib.django import app


def defer_task(
    name: str, *, queueing_lock: str | None = None, schedule_at: datetime | None = None, **arguments: str | int
) -> None:
    """Queues the task called `name` (declared in some context's `tasks.py`) with `arguments`.

    Naming the task instead of importing it lets a lower context wake a higher one without knowing it.
    """
    app.configure_task(name=name, queueing_lock=queueing_lock, schedule_at=schedule_at).defer(**arguments)
