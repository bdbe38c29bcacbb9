"""Refusals of stories that cross contexts."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class NumberNotToday(Refusal):
    """Numbers are given on the day of the visit."""

    code = "number_not_today"
    status = 409
    text = _("You can take your number on the day of the visit, %(day)s. Your booking stands.")


class VisitUnsigned(Refusal):
    """A visit ends when its note and orders are signed."""

    code = "visit_unsigned"
    status = 409
    text = _("Sign the note and the orders before you finish the visit.")


class ExaminationUnpaid(Refusal):
    """An examination is carried out once it is paid, unless it is an emergency."""

    code = "examination_unpaid"
    status = 409
    text = _("This examination is not paid yet. Please send the patient to pay first.")


class UnknownImage(Refusal):
    """The archive has no such image of this examination."""

    code = "unknown_image"
    status = 404
    text = _("This image is not in the archive.")


class ArchiveAway(Refusal):
    """The image archive does not answer; the report can be read without it."""

    code = "archive_away"
    status = 503
    text = _("The image archive does not answer right now. The report is complete without the images.")


class WechatNotLinked(Refusal):
    """Paying inside WeChat needs an account that signed in with WeChat."""

    code = "wechat_not_linked"
    status = 409
    text = _("To pay with WeChat, sign in with WeChat first. Nothing was charged.")


class NotYourCampus(Refusal):
    """A desk acts for its own campus."""

    code = "not_your_campus"
    status = 403
    text = _("This booking belongs to another campus. Please send the patient to the desk there.")


class BookingTermsChanged(Refusal):
    """What the patient was told before canceling or changing is no longer so."""

    code = "booking_terms_changed"
    status = 409
    text = _(
        "The terms of this booking have changed while you were reading. Nothing was changed; please look again before "
        "you confirm."
    )


class AccountInUse(Refusal):
    """Something is still to be paid, or an appointment is still to come; `bills` and `appointments` say how many."""

    code = "account_in_use"
    status = 409
    text = _("Pay the open bills and cancel the coming appointments first. Then you can delete your account.")


class AccountHasNoAddress(Refusal):
    """An account with WeChat alone: there is nowhere to send a code to."""

    code = "account_has_no_address"
    status = 409
    text = _("Add an e-mail address or a phone first, so that we can confirm that it is you.")


class CollectionEnded(Refusal):
    """The bill was paid or given up meanwhile."""

    code = "collection_ended"
    status = 409
    text = _("This bill is no longer being collected. Look at it again; no money moved just now.")


class TenderUnderWay(Refusal):
    """Another tender of the bill may still bring money."""

    code = "tender_under_way"
    status = 409
    text = _("Another payment of this bill is under way. Wait for its result, or stop it first.")


class TenderAboveRest(Refusal):
    """More than what is left of the bill."""

    code = "tender_above_rest"
    status = 422
    text = _("Only ¥%(rest)s of this bill is still to be paid.")


class PriceNoticeNeeded(Refusal):
    """Somebody has to accept the price notice of `service_lines` before their first surcharge (brief §1.4)."""

    code = "price_notice_needed"
    status = 409
    text = _(
        "This bill has a surcharge, and the price notice has not been accepted yet. Nothing was charged. Please read "
        "the notice first, then pay."
    )


class PriceNoticeNotPrinted(Refusal):
    """What was not printed, or has changed since, cannot have been signed."""

    code = "price_notice_not_printed"
    status = 409
    text = _("Print the price notice first and let the patient or guardian sign it. Nothing was written down.")


class PeriodNotUsable(Refusal):
    """A statement covers from one day to a later one, a year at most."""

    code = "period_not_usable"
    status = 422
    text = _("Choose a first and a last day, a year apart at most.")


class NothingCharged(Refusal):
    """There is no charge to state."""

    code = "nothing_charged"
    status = 404
    text = _("Nothing was charged in this period.")


class NotExamPlanner(Refusal):
    """Who cannot plan examinations for patients."""

    code = "not_exam_planner"
    status = 403
    text = _("Your role does not book examinations. Nothing was changed.")


class ExamNotBookable(Refusal):
    """Not paid, done, booked already, or an examination without a booking."""

    code = "exam_not_bookable"
    status = 409
    text = _("%(exam)s cannot be booked now: it may not be paid yet, or it has a time already. Nothing was booked.")


class AnswersNeedDesk(Refusal):
    """An answer has to be looked at by a person, or one is missing."""

    code = "answers_need_desk"
    status = 409
    text = _("With these answers a member of staff books the examination with you. Nothing was booked.")


class ExamTimeTooSoon(Refusal):
    """The time has begun."""

    code = "exam_time_too_soon"
    status = 409
    text = _("This time has already passed. Nothing was booked; please plan again.")


class PlanOutdated(Refusal):
    """The times no longer go together, with each other or with what was booked meanwhile."""

    code = "plan_outdated"
    status = 409
    text = _("These times no longer go together. Nothing was booked; please plan again.")


class NothingToCheckIn(Refusal):
    """None of the account's people has a visit today."""

    code = "nothing_to_check_in"
    status = 409
    text = _("There is no visit today to check in for. Please ask at the desk if you expected one.")


class CheckInElsewhere(Refusal):
    """The visit of today is in another waiting area: `area` is where the code is shown, `place` where to go."""

    code = "check_in_elsewhere"
    status = 409
    text = _("This is %(area)s. Your visit is at %(place)s, %(campus)s: please check in there.")


class CheckInTooEarly(Refusal):
    """Check-in opens some time before the visit, at `opens`."""

    code = "check_in_too_early"
    status = 409
    text = _("Check-in for this visit opens at %(opens)s. You are welcome to wait here until then.")


class NumberNotTaken(Refusal):
    """The booking of today has no number yet; the same call with `takes_number` takes it."""

    code = "number_not_taken"
    status = 409
    text = _("Take your number first. You can do both at once here.")


class CheckInTooFar(Refusal):
    """The telephone is away from the campus, by about `distance`."""

    code = "check_in_too_far"
    status = 409
    text = _("You are about %(distance)s from %(campus)s. Check in when you have arrived.")


class CheckInPlaceUnsure(Refusal):
    """The reading is too rough to say whether somebody is there."""

    code = "check_in_place_unsure"
    status = 409
    text = _(
        "Your phone knows its place only to within %(accuracy)s. "
        "Scan the code on the screen of the waiting area instead."
    )


class CheckInByCodeOnly(Refusal):
    """Nobody has measured where the campus is."""

    code = "check_in_by_code_only"
    status = 409
    text = _("Here you check in with the code on the screen of the waiting area, or at the desk.")


class DrugsUnpaid(Refusal):
    """Drugs are picked when they are paid, unless it is an emergency or the green channel."""

    code = "drugs_unpaid"
    status = 409
    text = _("These medicines are not paid yet. Nothing was changed.")


class NoFollowUp(Refusal):
    """Nobody of the department, nor the doctor, saw the person within `days` before."""

    code = "no_follow_up"
    status = 409
    text = _(
        "A follow-up needs a visit to the same doctor or department within %(days)s days before. Nothing was booked; "
        "register an ordinary visit instead."
    )


class TranslationMissing(Refusal):
    """A document prints in the other language once its translation was read by a second person (domain brief 4)."""

    code = "translation_missing"
    status = 409
    text = _("There is no reviewed translation of this document yet. Print it in the language it was signed in.")


class TranslationStale(Refusal):
    """The translation is of an earlier version; it never stands for another (domain brief 4)."""

    code = "translation_stale"
    status = 409
    text = _(
        "The translation belongs to an earlier version and is not printed. Print the document in the language it was "
        "signed in, or have this version translated."
    )


class RecentResultExists(Refusal):
    """A recent recognized result spares the test, unless a listed reason is given (domain brief 4)."""

    code = "recent_result_exists"
    status = 409
    text = _("There is a recent recognized result for %(item)s. Use it, or say why the test is needed again.")


class TreatmentUnpaid(Refusal):
    """A session is given when it is paid, unless it is an emergency or the green channel."""

    code = "treatment_unpaid"
    status = 409
    text = _("This session is not paid yet. Nothing was changed.")
