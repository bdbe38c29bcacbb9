"""Interface texts that the API sends in both languages."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.kernel.types import BilingualText
from hospital.patient_api.schemas import Text
from hospital.results.types import Flag
from hospital.workflows.journey import NodeKind
from hospital.workflows.visit_steps import StepNote


def both(message: str | Promise) -> Text:
    """A lazy message in Chinese and English."""
    with translation.override("zh-hans"):
        zh = str(message)
    with translation.override("en"):
        return Text(zh=zh, en=str(message))


def text(value: BilingualText) -> Text:
    """A content text."""
    return Text(zh=value.zh, en=value.en)


ANY_DOCTOR = _("Any doctor of the team")
TITLE_NAMES = {
    "RESIDENT": _("Resident physician"),
    "ATTENDING": _("Attending physician"),
    "ASSOCIATE_CHIEF": _("Associate chief physician"),
    "CHIEF": _("Chief physician"),
}

NODE_TEXTS = {
    NodeKind.BOOKED: (_("Book your appointment"), _("Your time is kept for a few minutes. Confirm it.")),
    NodeKind.REGISTRATION_PAID: (
        _("Pay the registration fee"),
        _("In China you pay for the consultation before you see the doctor. You can pay by card here."),
    ),
    NodeKind.NUMBER_TAKEN: (
        _("Take a number"),
        _("On the day of your visit this turns your booking into a place in the queue."),
    ),
    NodeKind.CHECKED_IN: (_("Check in"), _("Tell the clinic that you have arrived. Then take a seat near the room.")),
    NodeKind.CALLED: (_("Wait for your turn"), _("Your number appears on the screen at the clinic.")),
    NodeKind.CONSULTED: (_("See the doctor"), _("The doctor writes down what was found and orders tests or medicine.")),
    NodeKind.BILL_PAID: (_("Pay the bill"), _("Tests and medicine are paid for before they are done or handed out.")),
    NodeKind.SPECIMEN_TAKEN: (_("Give a sample"), _("Show your number at the sample desk.")),
    NodeKind.EXAM_DONE: (_("Have the examination"), _("Show your number at the desk there.")),
    NodeKind.REPORT_READY: (
        _("Get your report"),
        _("You may leave: we send you a message as soon as you can read it here."),
    ),
    NodeKind.RETURNED: (
        _("Go back to the doctor"),
        _("Check in again once your tests are done. With results you go before others."),
    ),
    NodeKind.TREATED: (
        _("Have your treatment"),
        _("Come to the treatment room for each session. You can pay for them one by one."),
    ),
    NodeKind.DRUGS_COLLECTED: (_("Collect your medicine"), _("At the pharmacy, once the bill is paid.")),
    NodeKind.FOLLOW_UP: (_("Come back to the doctor"), _("Your doctor would like to see you again around that day.")),
    NodeKind.RATED: (_("Rate your visit"), _("It helps us, and is not part of your medical record.")),
}
_DOCUMENT = _("The passport or document you registered with")
NODE_BRING = {
    NodeKind.NUMBER_TAKEN: (_DOCUMENT,),
    NodeKind.CHECKED_IN: (_DOCUMENT,),
    NodeKind.CALLED: (_("Earlier reports and the medicine you take"),),
    NodeKind.SPECIMEN_TAKEN: (_DOCUMENT,),
    NodeKind.EXAM_DONE: (_DOCUMENT,),
    NodeKind.TREATED: (_DOCUMENT,),
    NodeKind.DRUGS_COLLECTED: (_DOCUMENT,),
}
NOTE_TEXTS = {
    StepNote.MISSED_CALL: _("You were called and did not come in. Check in again and we will call you again."),
    StepNote.CALLED_NOW: _("It is your turn. Please go in now."),
    StepNote.NOT_TODAY: _("You can do this on the day of your visit."),
    StepNote.NEW_SAMPLE: _("The first sample could not be used. Please give another; you do not pay again."),
    StepNote.EXAM_CALLED: _("It is your turn. Please go to the examination room now."),
    StepNote.DRUGS_IN_REVIEW: _("A pharmacist is checking your prescription. You pay for the medicine after that."),
    StepNote.DRUGS_WITH_DOCTOR: _("The pharmacist asked your doctor about your prescription. Please wait a little."),
    StepNote.DRUGS_READY: _("Your medicine is ready. Please collect it at the pharmacy now."),
    StepNote.REPORT_HELD: _("Your report is ready. Your doctor will speak with you first, then it opens here."),
}

CLOSED_WHY = _("Some results are easier to understand with a doctor. Your doctor will speak with you first.")
CLOSED_WHEN = _("You can open it here as soon as your doctor has spoken with you, whatever it says.")

FLAG_TEXTS = {
    Flag.NORMAL: _("In the usual range"),
    Flag.HIGH: _("Above the usual range"),
    Flag.LOW: _("Below the usual range"),
    Flag.CRITICAL_HIGH: _("Far above the usual range"),
    Flag.CRITICAL_LOW: _("Far below the usual range"),
    Flag.ABNORMAL: _("Outside the usual range"),
}
