"""What every effective-dated table shares: no overlap, no backward period, nothing changed but an earlier end."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class TsTzRange(Func):
    """`tstzrange(from, to)`, half-open; a missing end is open-ended."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def refuse_overlap(*columns: str, name: str, condition: Q | None = None) -> ExclusionConstraint:
    """Two rows equal in `columns` are never in force at once."""
    expressions: list[tuple[str | Func, str]] = [(column, RangeOperators.EQUAL) for column in columns]
    expressions.append((TsTzRange(F("valid_from"), F("valid_to")), RangeOperators.OVERLAPS))
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)


def refuse_backward(name: str) -> models.CheckConstraint:
    """A period ends after it begins."""
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)


class OnlyEndMayCome(pgtrigger.Trigger):
    """A published row is immutable but for its end, which can only be set or come earlier; it is never deleted.

    `published` is the SQL condition on OLD under which the row counts as published.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, name: str = "only_end_may_come", published: str = "true") -> None:
        self._published = published
        super().__init__(name=name)

    def get_func(self, model: object) -> str:
        """The body of the trigger function."""
        return f"""
            IF {self._published} AND (
                TG_OP = 'DELETE'
                OR to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to'
                OR NEW.valid_to IS NULL AND OLD.valid_to IS NOT NULL
                OR NEW.valid_to > OLD.valid_to
            ) THEN
                RAISE EXCEPTION '% is published and immutable', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """
