"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownSpecimen(Refusal):
    """No specimen with this number, or none at the actor's campus."""

    code = "unknown_specimen"
    status = 404
    text = _("There is no specimen with this number at your campus. Scan the label again.")


class UnknownReport(Refusal):
    """No such report, or none that the actor may see."""

    code = "unknown_report"
    status = 404
    text = _("We could not find this report.")


class ReportClosed(Refusal):
    """A critical or sensitive report waits for the clinician's release (domain brief 4)."""

    code = "report_closed"
    status = 409
    text = _("Your doctor will speak with you about this report first. Then you can open it here.")


class NotLaboratoryStaff(Refusal):
    """Only the laboratory of the specimen's campus does this."""

    code = "not_laboratory_staff"
    status = 403
    text = _("Only the laboratory staff of this campus can do this.")


class NotPaidYet(Refusal):
    """A specimen is taken in once its tests are paid, unless it is an emergency."""

    code = "not_paid_yet"
    status = 409
    text = _("These tests are not paid yet. Please send the patient to pay first; the specimen was not taken in.")


class SpecimenMoved(Refusal):
    """The specimen is in another state than the step needs."""

    code = "specimen_moved"
    status = 409
    text = _("This specimen has moved on meanwhile (state: %(current)s). Nothing was changed.")


class ImpossibleTime(Refusal):
    """A specimen is collected after it was asked for and before it is received."""

    code = "impossible_time"
    status = 422
    text = _("The collection time must lie between the request and now.")


class RejectReasonMissing(Refusal):
    """A rejected specimen says why."""

    code = "reject_reason_missing"
    status = 422
    text = _("Say why the specimen cannot be used.")


class BadValue(Refusal):
    """A value that this analyte cannot have."""

    code = "bad_value"
    status = 422
    text = _("%(analyte)s: enter a number such as 4.2 or <0.01.")


class BadChoice(Refusal):
    """A value that is not among the choices of the analyte."""

    code = "bad_choice"
    status = 422
    text = _("%(analyte)s: choose one of the listed values.")


class BadSusceptibility(Refusal):
    """A susceptibility without its measure or its meaning."""

    code = "bad_susceptibility"
    status = 422
    text = _("%(analyte)s: enter the measure with S, SDD, I or R (<=0.25 S, 24 mm R), or - where it was not tested.")


class UnknownAnalyte(Refusal):
    """The analyte is not asked of this specimen."""

    code = "unknown_analyte"
    status = 404
    text = _("%(analyte)s is not asked of this specimen.")


class SpecimenNotReceived(Refusal):
    """An analyzer measured a specimen that the laboratory has not taken in, or cannot use."""

    code = "specimen_not_received"
    status = 409
    text = _("Specimen %(number)s has not been received, or was marked as not usable.")


class ResultsEntered(Refusal):
    """The results are with the second person or verified; an analyzer does not change them."""

    code = "results_entered"
    status = 409
    text = _("The results of specimen %(number)s were handed over already.")


class NothingAsked(Refusal):
    """Nothing of what an analyzer measured is asked of the specimen."""

    code = "nothing_asked"
    status = 422
    text = _("None of these tests was asked of specimen %(number)s.")


class TypedByHand(Refusal):
    """An analyzer sent another value than a person had typed."""

    code = "typed_by_hand"
    status = 409
    text = _("%(analyte)s: somebody typed another value.")


class UnitDiffers(Refusal):
    """A value in another unit is never converted silently."""

    code = "unit_differs"
    status = 422
    text = _("%(analyte)s came in %(unit)s instead of %(expected)s.")


class ResultsMissing(Refusal):
    """Every analyte needs a value before a second person looks."""

    code = "results_missing"
    status = 422
    text = _("Not entered yet: %(analytes)s.")


class ResultsChanged(Refusal):
    """Somebody entered or changed values since the page was read."""

    code = "results_changed"
    status = 409
    text = _("The results were changed meanwhile. Look at them again before you go on.")


class ReportNotEntered(Refusal):
    """Only entered results can be verified."""

    code = "report_not_entered"
    status = 409
    text = _("These results are not ready to be verified. Nothing was changed.")


class ReportNotVerified(Refusal):
    """Only a verified report is amended or released."""

    code = "report_not_verified"
    status = 409
    text = _("This report is not verified, or a newer version exists. Nothing was changed.")


class SameVerifier(Refusal):
    """Tester and verifier are two people (domain brief 4)."""

    code = "same_verifier"
    status = 403
    text = _("You entered these results, so a second person has to verify them.")


class CriticalCallOpen(Refusal):
    """A critical value is called and read back before the report goes out (domain brief 4)."""

    code = "critical_call_open"
    status = 409
    text = _("First call the critical value and have it read back: %(analytes)s.")


class ReadBackMismatch(Refusal):
    """What was read back is not the value; the attempt is kept."""

    code = "read_back_mismatch"
    status = 422
    text = _("Not the same as %(value)s. Say it again and have it repeated.")


class CallIncomplete(Refusal):
    """A call names who answered and what they read back."""

    code = "call_incomplete"
    status = 422
    text = _("Write who answered and the value as they read it back.")


class NotCritical(Refusal):
    """The value is not critical, so there is no call to record."""

    code = "not_critical"
    status = 409
    text = _("This value is not critical any more. Nothing was recorded.")


class UnknownAlert(Refusal):
    """No such critical value, or none that the actor may take over."""

    code = "unknown_alert"
    status = 404
    text = _("We could not find this critical value.")


class AlertClosed(Refusal):
    """Somebody took the critical value over, or it was corrected."""

    code = "alert_closed"
    status = 409
    text = _("A colleague has taken this value over meanwhile, or it was corrected. Nothing was changed.")


class AlertActionMissing(Refusal):
    """Who takes a critical value over says what is done."""

    code = "alert_action_missing"
    status = 422
    text = _("Write what you do about this value.")


class AmendReasonMissing(Refusal):
    """An amended report says why."""

    code = "amend_reason_missing"
    status = 422
    text = _("Say why the report is amended.")


class NotHeld(Refusal):
    """The patient sees the report already."""

    code = "report_not_held"
    status = 409
    text = _("This report is released already.")


class UnknownExamination(Refusal):
    """No examination that was carried out, or none that the actor may see."""

    code = "unknown_examination"
    status = 404
    text = _("We could not find this examination.")


class ExamReportIncomplete(Refusal):
    """An examination report has findings and an impression (domain brief 4)."""

    code = "exam_report_incomplete"
    status = 422
    text = _("Write the findings and the impression in Chinese. Your text was kept.")


class ExamReportSigned(Refusal):
    """What is signed stays as it is."""

    code = "exam_report_signed"
    status = 409
    text = _("This report is signed and stays as it is. Nothing was changed.")


class ExamAddendumEmpty(Refusal):
    """An addendum says something."""

    code = "exam_addendum_empty"
    status = 422
    text = _("Write in Chinese what is added. Your text was kept.")


class ExamAmendmentOpen(Refusal):
    """A report has one open draft at a time."""

    code = "exam_amendment_open"
    status = 409
    text = _("Somebody has begun an amendment of this report. Sign it or give it up first.")


class NotExamReporter(Refusal):
    """Doctors and imaging technicians of the visit's campus write examination reports."""

    code = "not_exam_reporter"
    status = 403
    text = _("Only doctors of this campus write examination reports.")


class UnknownShare(Refusal):
    """No such link, or one that was withdrawn, has expired, or leads to what its maker may not read: one answer."""

    code = "unknown_share"
    status = 404
    text = _("This link does not work any more. Ask the person who sent it to you for a new one.")


class TooManyShares(Refusal):
    """A report has a few links at a time."""

    code = "too_many_shares"
    status = 409
    text = _("This report has %(limit)s working links already. Withdraw one of them first.")


class ShareBusy(Refusal):
    """A link is opened a limited number of times an hour."""

    code = "share_busy"
    status = 429
    text = _("This link was opened very often in the last hour. Please try again later.")


class BadRecognition(Refusal):
    """A mark whose days run backwards, lasts no day or longer than a year, or whose region does not fit its range."""

    code = "bad_recognition"
    status = 422
    text = _(
        "Check the days: the mark ends after it begins, and a result lasts 1 to 366 days. A region needs its name."
    )


class BadOutsideResult(Refusal):
    """A result of another hospital names the hospital, its mark, the day and what it says."""

    code = "bad_outside_result"
    status = 422
    text = _("Write the hospital, its mark, what the result says, and a day that is not to come.")


class BadExamField(Refusal):
    """A field of an examination report holds something that it cannot."""

    code = "bad_exam_field"
    status = 422
    text = _("%(field)s: this value cannot be right. Nothing was kept.")


class PhraseIncomplete(Refusal):
    """A phrase needs all its blanks filled in."""

    code = "phrase_incomplete"
    status = 422
    text = _("Fill in the side and the numbers of the phrase first.")


class SecondReaderNeeded(Refusal):
    """Radiology is read by two doctors (domain brief 4)."""

    code = "second_reader_needed"
    status = 409
    text = _("Hand the report over first: another doctor reads and signs it.")


class SameReader(Refusal):
    """The second reader is somebody else; the database refuses it too."""

    code = "same_reader"
    status = 409
    text = _("You were the first reader. Another doctor signs this report.")


class FindingMissing(Refusal):
    """A critical finding says what was found."""

    code = "finding_missing"
    status = 422
    text = _("Write in Chinese what was found.")


class TooManyKeyImages(Refusal):
    """A report has room for a few images."""

    code = "too_many_key_images"
    status = 409
    text = _("A report holds six images. Take one out first.")
