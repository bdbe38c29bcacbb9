"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownOrder(Refusal):
    """No such order or line, or none that the actor may see."""

    code = "unknown_order"
    status = 404
    text = _("We could not find this order.")


class VisitNotInConsult(Refusal):
    """Orders are written during the consultation."""

    code = "visit_not_in_consult"
    status = 409
    text = _("Start the consultation before you order anything. Nothing was changed.")


class NotOrderable(Refusal):
    """The catalog row is not a drug, a test or an examination, or is out of use."""

    code = "not_orderable"
    status = 422
    text = _("%(item)s cannot be ordered here.")


class OrderAlreadySigned(Refusal):
    """A signed order does not change; it is cancelled and written again."""

    code = "order_already_signed"
    status = 409
    text = _("This order is signed and stays as it is. Cancel it and write a new one.")


class PrescriptionFull(Refusal):
    """At most five drugs a prescription (domain brief 4)."""

    code = "prescription_full"
    status = 409
    text = _("A prescription holds at most %(limit)s drugs. Start another prescription for this one.")


class DaysOverLimit(Refusal):
    """More days than the class of prescription allows without a reason (domain brief 4)."""

    code = "days_over_limit"
    status = 422
    text = _("The limit is %(limit)s days. Set %(limit)s, or give a reason for more.")


class DaysNotExtendable(Refusal):
    """Controlled drugs are never supplied for longer, and nothing for longer than twelve weeks."""

    code = "days_not_extendable"
    status = 422
    text = _("This drug may be supplied for at most %(limit)s days.")


class AllergyConflict(Refusal):
    """The drug belongs to a group that the patient is allergic to (domain brief 4)."""

    code = "allergy_conflict"
    status = 422
    text = _("The patient is allergic to %(substance)s. Choose another drug, or say why this one is given.")


class SafetyWarning(Refusal):
    """Decision support has something to say: a dose, the same ingredient twice, drugs that do not go together."""

    code = "safety_warning"
    status = 422
    text = _("%(warnings)s. Change the prescription, or say why it is right for this patient.")


class AntimicrobialNotAllowed(Refusal):
    """Antimicrobials are graded; each grade has its doctors (domain brief 4)."""

    code = "antimicrobial_not_allowed"
    status = 422
    text = _("%(item)s is an antimicrobial that a more senior doctor prescribes.")


class SingleDoseOnly(Refusal):
    """Outpatients get narcotic and psychotropic I injections for one dose (domain brief 4)."""

    code = "single_dose_only"
    status = 422
    text = _("%(item)s is prescribed for a single dose: once, now, for one day.")


class QuantityNeeded(Refusal):
    """The number of packs does not follow from the dose."""

    code = "quantity_needed"
    status = 422
    text = _("Enter how many packs: they cannot be computed from this dose.")


class BadDirections(Refusal):
    """A dose, a number of days or a quantity that is not above zero, or words that are not in the lists."""

    code = "bad_directions"
    status = 422
    text = _("Enter a dose, a route, a frequency and the days.")


class OrderedTwice(Refusal):
    """The item stands in a draft of this visit already."""

    code = "ordered_twice"
    status = 409
    text = _("%(item)s is on the list already.")


class NoPrescribingRight(Refusal):
    """Only licensed doctors with prescribing right at this institution (domain brief 4)."""

    code = "no_prescribing_right"
    status = 403
    text = _("You do not have the right to prescribe here.")


class PurposeMissing(Refusal):
    """An examination request says what it is for (domain brief 4)."""

    code = "purpose_missing"
    status = 422
    text = _("Write what the examination is for.")


class NothingToSign(Refusal):
    """The visit has no draft."""

    code = "nothing_to_sign"
    status = 409
    text = _("There is nothing to sign.")


class LineNotPending(Refusal):
    """The line was carried out or cancelled already."""

    code = "line_not_pending"
    status = 409
    text = _("%(item)s was carried out or canceled already. Nothing was changed.")


class CancelReasonMissing(Refusal):
    """A cancelled order says why."""

    code = "cancel_reason_missing"
    status = 422
    text = _("Say why the order is canceled.")


class WrongRole(Refusal):
    """The actor may not carry out or cancel this line."""

    code = "orders_wrong_role"
    status = 403
    text = _("Your role does not allow this here.")


class PieceOfDecoction(Refusal):
    """Pieces stand on a decoction, by grams of one packet, never among tablets (domain brief 4)."""

    code = "piece_of_decoction"
    status = 422
    text = _("%(item)s is a decoction piece: write it in the decoction.")


class NotAPiece(Refusal):
    """A decoction holds pieces that are sold by the gram."""

    code = "not_a_piece"
    status = 422
    text = _("%(item)s is not a decoction piece sold by the gram.")


class BadDecoction(Refusal):
    """Numbers out of bounds, or words that are not in the lists."""

    code = "bad_decoction"
    status = 422
    text = _("Enter the grams, the packets and how each is taken.")


class UnknownOrderSet(Refusal):
    """No such set, or another doctor's."""

    code = "unknown_order_set"
    status = 404
    text = _("We could not find this order set.")


class OrderSetIncomplete(Refusal):
    """A set has a name in one language at least, and an order."""

    code = "order_set_incomplete"
    status = 422
    text = _("Give the set a name and order something first.")


class BadDrugRule(Refusal):
    """A rule of decision support without its drugs, its bounds or its words, or one that is there already."""

    code = "bad_drug_rule"
    status = 422
    text = _("Fill in the drugs by their English generic names, the bounds and the words in Chinese. Each rule once.")


class RepeatNoteMissing(Refusal):
    """Another reason than the listed ones says which."""

    code = "repeat_note_missing"
    status = 422
    text = _("Write the other reason in a few words.")
