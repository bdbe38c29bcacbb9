"""When the database decides: a violated constraint becomes the refusal that names it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from hospital.kernel.errors import Refusal


@contextmanager
def refusing(conflicts: Mapping[str, Refusal]) -> Iterator[None]:
    """Runs the block in a transaction or savepoint; violating a constraint named in `conflicts` raises its refusal.

    Unique, exclusion, check and foreign keys alike. Other violations pass through as they are: they are defects.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = conflicts.get(constraint_of(error))
        if refusal is None:
            raise
        raise refusal from error


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that was violated; empty where the database names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
