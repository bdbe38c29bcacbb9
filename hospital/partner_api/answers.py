"""A numbered request is carried out once and answered the same for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from ninja import Schema

from hospital.audit.api import acting
from hospital.kernel.errors import Refusal
from hospital.partner_api.problems import describe_refusal, write_json, write_problem
from hospital.partner_api.requests import PartnerRequest
from hospital.partner_api.schemas import Numbered
from hospital.partners.api import find_answer, hash_body, keep_answer, lock_number
from hospital.partners.types import Kind


@dataclass(frozen=True, slots=True)
class Done:
    """What an act answers. `subject_id` is what it was about; `status` above 299 is a refusal that left a trace."""

    answer: Schema | Mapping[str, Any]
    subject_id: str = ""
    status: int = 200


def answer_once(request: PartnerRequest, *, kind: Kind, body: Numbered, act: Callable[[], Done]) -> HttpResponse:
    """Carries out `act` and keeps its answer in one transaction; the same request again gets the answer that was kept.

    A refusal is an answer too, and undoes what the act had begun. An error of our own keeps nothing: the request can be
    sent again. Refuses with `RequestNumberReused`.
    """
    body_hash = hash_body(kind, body.model_dump_json().encode())
    with acting(actor=request.actor):
        lock_number(partner_id=request.partner.id, number=body.request_no)
        kept = find_answer(partner_id=request.partner.id, request_no=body.request_no, body_hash=body_hash)
        if kept is not None:
            return write_answer(request, status=kept.status, answer=kept.answer)
        done = _carry_out(act)
        answer = done.answer.model_dump(mode="json") if isinstance(done.answer, Schema) else dict(done.answer)
        keep_answer(
            partner_id=request.partner.id,
            request_no=body.request_no,
            kind=kind,
            body_hash=body_hash,
            status=done.status,
            answer=answer,
            subject_id=done.subject_id,
            now=request.came_at,
        )
    return write_answer(request, status=done.status, answer=answer)


def write_answer(request: PartnerRequest, *, status: int, answer: dict[str, Any]) -> HttpResponse:
    """A kept answer, as JSON or as a problem document."""
    return write_problem(request, answer) if status >= 400 else write_json(answer, status=status)


def _carry_out(act: Callable[[], Done]) -> Done:
    try:
        with transaction.atomic():
            return act()
    except Refusal as refusal:
        if refusal.status >= 500:
            raise
        return Done(answer=describe_refusal(refusal), status=refusal.status)
