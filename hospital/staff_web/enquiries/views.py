"""The service desk: what patients ask, and the answer in the language they read (A15, W30)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.enquiries.api import (
    answer_enquiry,
    close_enquiry,
    get_desk_enquiry,
    list_desk_enquiries,
    read_picture,
    take_enquiry,
)
from hospital.enquiries.errors import UnknownEnquiry
from hospital.enquiries.states import EnquiryState
from hospital.enquiries.types import EnquiryTopic, EnquiryView
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import ENQUIRIES

service_desk = desk_view(Role.REGISTRAR)
TOPIC_NAMES = {
    EnquiryTopic.VISIT: gettext_lazy("A visit"),
    EnquiryTopic.BOOKING: gettext_lazy("Booking"),
    EnquiryTopic.BILL: gettext_lazy("A bill"),
    EnquiryTopic.REPORT: gettext_lazy("A report"),
    EnquiryTopic.APP: gettext_lazy("The app"),
    EnquiryTopic.PRAISE: gettext_lazy("Praise"),
    EnquiryTopic.COMPLAINT: gettext_lazy("Complaint"),
    EnquiryTopic.OTHER: gettext_lazy("Something else"),
}
STATE_WORDS = {
    EnquiryState.RECEIVED: ("warn", pgettext_lazy("enquiry", "Received")),
    EnquiryState.ANSWERING: ("info", gettext_lazy("Being answered")),
    EnquiryState.ANSWERED: ("ok", gettext_lazy("Answered")),
    EnquiryState.CLOSED: ("plain", gettext_lazy("Closed")),
}
LANGUAGE_WORDS = {"zh": gettext_lazy("Chinese"), "en": gettext_lazy("English")}


@require_GET
@service_desk
def enquiries(request: HttpRequest) -> HttpResponse:
    """Everything that waits, or what was answered, and one of it in full."""
    return _page(request)


@require_POST
@service_desk
def answer(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Takes, answers or closes an enquiry."""
    actor, now = actor_of(request), timezone.now()
    decision = request.POST.get("decision", "")
    try:
        if decision == "take":
            take_enquiry(enquiry_id=enquiry_id, actor=actor, now=now)
        elif decision == "close":
            close_enquiry(enquiry_id=enquiry_id, actor=actor, now=now)
            messages.success(request, _("Closed."))
        else:
            answer_enquiry(
                enquiry_id=enquiry_id,
                text=request.POST.get("text", ""),
                key=request.POST.get("key", "")[:64] or str(new_id()),
                actor=actor,
                now=now,
            )
            messages.success(request, _("Sent. The patient finds it in the inbox."))
    except UnknownEnquiry:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('staff:enquiries')}?open={enquiry_id}")


@require_GET
@service_desk
def picture(request: HttpRequest, enquiry_id: UUID, picture_id: UUID) -> HttpResponse:
    """A picture that a patient sent."""
    content = read_picture(enquiry_id=enquiry_id, picture_id=picture_id, actor=actor_of(request))
    return HttpResponse(content, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


def _page(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    is_open = request.GET.get("show", "") != "answered"
    chosen = request.GET.get("open", "")
    shown = get_desk_enquiry(enquiry_id=UUID(chosen), actor=actor, now=now) if _is_id(chosen) else None
    context: dict[str, Any] = {
        "desk_code": ENQUIRIES.code,
        "rows": [_row(each) for each in list_desk_enquiries(actor=actor, is_open=is_open)],
        "is_open": is_open,
        "current": chosen,
        "chosen": _row(shown) if shown else None,
        "key": new_id(),
    }
    return render(request, "staff_web/enquiries/enquiries.html", context)


def _row(view: EnquiryView) -> dict[str, Any]:
    kind, word = STATE_WORDS[view.state]
    language = "zh" if view.language.startswith("zh") else "en"
    return {
        "enquiry": view,
        "topic": TOPIC_NAMES[view.topic],
        "state_kind": kind,
        "state": word,
        "language": LANGUAGE_WORDS[language],
        "lang": "zh-CN" if language == "zh" else "en",
        "is_closed": view.state is EnquiryState.CLOSED,
        "may_take": view.state is EnquiryState.RECEIVED,
    }


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
