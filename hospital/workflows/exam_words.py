"""The words for planning examinations: questions, reasons, what each state means; for every face."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.examinations.states import BookingState
from hospital.examinations.types import ExamQuestion, Why, WhyNot

QUESTION_WORDS: Mapping[ExamQuestion, tuple[Promise, Promise]] = {
    ExamQuestion.PREGNANT: (
        _("Could you be pregnant?"),
        _("X-rays and CT can harm an unborn child."),
    ),
    ExamQuestion.IMPLANT: (
        _("Do you have a pacemaker, a cochlear implant or other metal in your body?"),
        _("The magnet of the MRI can move or heat metal."),
    ),
    ExamQuestion.CONTRAST_ALLERGY: (
        _("Have you ever had a reaction to contrast agent?"),
        _("Such as a rash, breathlessness or fainting after an injection for a scan."),
    ),
    ExamQuestion.KIDNEY: (
        _("Do you have kidney disease?"),
        _("Contrast agent leaves the body through the kidneys."),
    ),
    ExamQuestion.METFORMIN: (
        _("Do you take metformin?"),
        _("A medicine for diabetes that may have to be paused."),
    ),
    ExamQuestion.ESCORT: (
        _("Will an adult come with you and take you home?"),
        _("After sedation you cannot drive or go home alone."),
    ),
}
QUESTION_ORDER = tuple(ExamQuestion)
WHY_WORDS: Mapping[Why, Promise] = {
    Why.FASTING_FIRST: _("On an empty stomach, so it comes first and early."),
    Why.BLADDER_AFTER_FASTING: _("You drink for this one, so it comes after the one on an empty stomach."),
    Why.BARIUM_LAST: _("Barium comes last: it would hide what the others look at."),
    Why.CONTRAST_APART: _("At least 24 hours between two injections of contrast agent."),
    Why.BARIUM_APART: _("At least 3 days after barium, which hides what this one looks at."),
    Why.IODINE_APART: _("At least 6 weeks after contrast agent with iodine."),
    Why.REST_AFTER_SEDATION: _("Two hours of rest after sedation."),
    Why.LITTLE_WAITING: _("Close to your other examinations, so you wait little."),
    Why.FIRST_FREE: _("The first free time."),
    Why.NO_DAY_FOR_ALL: _("No single day has room for all of them."),
}
WHY_NOT_WORDS: Mapping[WhyNot, Promise] = {
    WhyNot.ASK_DESK: _(
        "A member of staff has to look at your answers first. Please go to the registration desk or call us."
    ),
    WhyNot.NOT_ANSWERED: _("Please answer all questions first."),
    WhyNot.NO_DEVICE: _("It is not done here. Please ask at the registration desk."),
    WhyNot.NOTHING_FREE: _("Nothing is free in the next 14 days. Please ask at the registration desk."),
    WhyNot.NOT_TOGETHER: _(
        "It does not fit beside the others in the next 14 days. Book the others first, then plan this one again."
    ),
}
STATE_WORDS: Mapping[BookingState, Promise] = {
    BookingState.BOOKED: _("Booked"),
    BookingState.CHECKED_IN: _("Checked in"),
    BookingState.CALLED: _("Called"),
    BookingState.IN_PROGRESS: _("In progress"),
    BookingState.DONE: _("Done"),
    BookingState.NO_SHOW: _("Did not come"),
    BookingState.CANCELLED: _("Canceled"),
}
