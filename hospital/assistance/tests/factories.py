"""Interpreters and requests for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hospital.assistance.api import ask_assistance
from hospital.assistance.models import Interpreter
from hospital.assistance.types import AssistanceKind, NewAssistance
from hospital.encounters.tests.clinic import TEN, make_campus
from hospital.kernel.actors import Actor
from hospital.kernel.ids import new_id


def make_interpreter(*languages: str, campus: str = "IMC", fee_item_code: str = "") -> UUID:
    """Somebody who interprets at a campus."""
    row = Interpreter.objects.create(
        campus=make_campus(campus),
        name_zh="黄嘉敏",
        name_en="Huang Jiamin",
        languages=list(languages),
        fee_item_code=fee_item_code,
    )
    return row.id


def new_assistance(person_id: UUID, *, starts_at: datetime = TEN + timedelta(hours=2), **facts: Any) -> NewAssistance:
    """An interpreter of French for two hours, or what `facts` say."""
    defaults: dict[str, Any] = {
        "kind": AssistanceKind.INTERPRETER,
        "language": "fr",
        "campus_code": "IMC",
        "ends_at": starts_at + timedelta(hours=2),
        "key": str(new_id()),
    }
    return NewAssistance(person_id=person_id, starts_at=starts_at, **(defaults | facts))


def ask(person_id: UUID, *, actor: Actor, now: datetime = TEN, **facts: Any) -> UUID:
    """Asks for help."""
    return ask_assistance(new=new_assistance(person_id, **facts), actor=actor, now=now)
