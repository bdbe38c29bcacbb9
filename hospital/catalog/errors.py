"""What the catalog refuses, by name. Chinese texts are in this context's own translation file."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownItem(Refusal):
    """No item, price-bureau item or composite has this code."""

    code = "unknown_item"
    status = 404
    text = _("There is no catalog item with the code %(item)s.")


class PriceNotInForce(Refusal):
    """No standard price of the item is in force at the instant of pricing."""

    code = "price_not_in_force"
    status = 409
    text = _("%(item)s has no price in force at this time. Please ask the price office.")


class FiledPriceTooPrecise(Refusal):
    """A filed price has more than four decimals (brief §1.6.1)."""

    code = "filed_price_too_precise"
    status = 422
    text = _("A filed price has at most four decimals.")


class BadQuantity(Refusal):
    """A quantity that is not positive or has more than four decimals (brief §1.6.9)."""

    code = "bad_quantity"
    status = 422
    text = _("A quantity must be above zero, with at most four decimals.")


class CompositeNotInForce(Refusal):
    """No component list of the composite is in force at order time."""

    code = "composite_not_in_force"
    status = 409
    text = _("The set %(item)s has no list of components in force at this time.")


class CompositeCycle(Refusal):
    """A composite contains itself."""

    code = "composite_cycle"
    status = 422
    text = _("The set contains itself: %(path)s.")


class CompositeTooDeep(Refusal):
    """Composites nest more than five deep, the header counted as 1 (brief §1.6.9)."""

    code = "composite_too_deep"
    status = 422
    text = _("Sets may be nested five deep at most: %(path)s.")


class AdditionNotAllowed(Refusal):
    """A child or emergency addition on a drug, a set, a statutory-free or already special item (brief §1.6.1)."""

    code = "addition_not_allowed"
    status = 422
    text = _(
        "%(item)s cannot have a child or emergency addition: drugs, sets, what is free by law and what already has "
        "a special price have none."
    )


class FactsMalformed(Refusal):
    """An addition with both or neither of ratio and amount or out of range, or ages the wrong way round."""

    code = "facts_malformed"
    status = 422
    text = _(
        "An addition is a ratio or an amount, with at most four decimals, for children under 1 to 18 years; "
        "ages go from the lower to the higher."
    )


class MappingMisplaced(Refusal):
    """Only a charge item is mapped to a price-bureau item (brief §1.6.4)."""

    code = "mapping_misplaced"
    status = 422
    text = _("%(item)s is no charge item and cannot be mapped to a price-bureau item.")


class NothingChanges(Refusal):
    """A draft that leaves everything as it is."""

    code = "nothing_changes"
    status = 422
    text = _("Nothing is different from what holds now.")


class ChangeScheduled(Refusal):
    """Another change of the same kind has been approved and has not begun yet."""

    code = "change_scheduled"
    status = 409
    text = _("Another change of this item is approved and starts later. Wait until it holds.")


class ChangeOutdated(Refusal):
    """What a draft starts from was changed by somebody else since."""

    code = "change_outdated"
    status = 409
    text = _("%(item)s changed since this was drafted. Please turn it down and draft it again.")


class PartsMissing(Refusal):
    """A set without any part."""

    code = "parts_missing"
    status = 422
    text = _("A set needs at least one part.")


class PriceItemAmbiguous(Refusal):
    """A charge item maps to at most one price-bureau item (brief §1.6.4)."""

    code = "price_item_ambiguous"
    status = 422
    text = _("%(item)s can be mapped to one price-bureau item only.")


class PriceOverlap(Refusal):
    """Two prices of one item would be in force at once."""

    code = "price_overlap"
    status = 409
    text = _("Another price of this item is already in force in that period.")


class PeriodMalformed(Refusal):
    """A period that ends before it begins."""

    code = "period_malformed"
    status = 422
    text = _("The end lies before the start.")


class RatioMalformed(Refusal):
    """A ratio below zero or with more than four decimals (brief §1.3)."""

    code = "ratio_malformed"
    status = 422
    text = _("A ratio is zero or more, with at most two decimals of a percent.")


class RuleOverlap(Refusal):
    """Two rules with the same scope, service line, visit type and campus would be in force at once."""

    code = "rule_overlap"
    status = 409
    text = _("Another surcharge rule with the same scope is already in force in that period.")


class RuleMalformed(Refusal):
    """A rule for the ordinary line, below zero, or whose period ends before it begins."""

    code = "rule_malformed"
    status = 422
    text = _("This surcharge rule cannot be used. Please check its scope, service line, value and period.")


class RuleStartsInPast(Refusal):
    """Nothing starts earlier than the instant at which it is published (brief §1.6.7)."""

    code = "starts_in_past"
    status = 422
    text = _("The start lies in the past. Prices and ratios can start today or later.")


class FixedPriceBelowBase(Refusal):
    """An item rule's fixed price is below the item's filed price at its start (brief §1.6.3)."""

    code = "fixed_price_below_base"
    status = 422
    text = _("The fixed price is below the standard price of %(item)s.")


class SameChecker(Refusal):
    """The maker of a rule may not approve it (brief §1.3)."""

    code = "same_checker"
    status = 403
    text = _("Someone other than the person who entered the rule has to approve it.")


class RuleImmutable(Refusal):
    """A published rule is never edited: end it and publish another."""

    code = "rule_immutable"
    status = 409
    text = _("A published rule cannot be changed. End it and publish a new one.")


class CodeTaken(Refusal):
    """The code belongs to another item."""

    code = "code_taken"
    status = 409
    text = _("The code %(item)s is already in use.")


class UnknownChange(Refusal):
    """No drafted change has this id."""

    code = "unknown_change"
    status = 404
    text = _("This change does not exist.")


class ChangeDecided(Refusal):
    """A change that was approved or turned down already."""

    code = "change_decided"
    status = 409
    text = _("Somebody has already decided about this change.")


class ItemChanged(Refusal):
    """Somebody saved the item since it was opened."""

    code = "item_changed"
    status = 409
    text = _("Somebody else saved this item since you opened it. Please open it again.")


class EnglishMissing(Refusal):
    """An item without English cannot count as reviewed."""

    code = "english_missing"
    status = 422
    text = _("Write the English name before you call it reviewed.")


class FileUnreadable(Refusal):
    """A file that is no table with a column `code`, or larger than a catalog."""

    code = "file_unreadable"
    status = 422
    text = _("This file cannot be read. It has to be CSV or XLSX, with a heading that has the column “code”.")


class UnknownImport(Refusal):
    """No import has this id."""

    code = "unknown_import"
    status = 404
    text = _("This import does not exist.")


class ImportNotReady(Refusal):
    """An import that has errors, is at work or is done."""

    code = "import_not_ready"
    status = 409
    text = _("This import does not wait for approval.")


class NotPriceOffice(Refusal):
    """Only the price office maintains the catalog."""

    code = "not_price_office"
    status = 403
    text = _("Only the price office can change the catalog.")


class UnknownRule(Refusal):
    """No surcharge rule has this id."""

    code = "unknown_rule"
    status = 404
    text = _("This surcharge rule does not exist.")
