"""What flags and states of the laboratory are called at its desk."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.kernel.types import BilingualText
from hospital.results.states import SpecimenState
from hospital.results.types import Flag
from hospital.staff_web.registration.words import StateWord

# Flags as kind, word and arrow; a normal value has no word.
FLAG_WORDS: Mapping[Flag, StateWord] = {
    Flag.HIGH: StateWord("bad", _("High"), "up"),
    Flag.LOW: StateWord("bad", _("Low"), "fall"),
    Flag.CRITICAL_HIGH: StateWord("bad", _("Critical high"), "up"),
    Flag.CRITICAL_LOW: StateWord("bad", _("Critical low"), "fall"),
    Flag.ABNORMAL: StateWord("bad", _("Abnormal"), "warn"),
}
SPECIMEN_WORDS: Mapping[SpecimenState, StateWord] = {
    SpecimenState.REQUESTED: StateWord("plain", _("To be drawn")),
    SpecimenState.COLLECTED: StateWord("wait", _("On the way")),
    SpecimenState.RECEIVED: StateWord("busy", _("Being examined")),
    SpecimenState.RESULTED: StateWord("wait", _("Ready to check")),
    SpecimenState.VERIFIED: StateWord("ok", pgettext_lazy("report", "Verified")),
    SpecimenState.REJECTED: StateWord("danger", _("Not usable")),
}
QUALITIES: Mapping[str, BilingualText] = {
    "good": BilingualText("合格", "Acceptable"),
    "hemolyzed": BilingualText("轻度溶血", "Slightly hemolyzed"),
    "lipemic": BilingualText("轻度乳糜", "Slightly lipemic"),
    "icteric": BilingualText("轻度黄疸", "Slightly icteric"),
    "little": BilingualText("量偏少", "Scant volume"),
}
# Why a message of an analyzer waits, by the code of what stands in its way.
WAITING_REASONS: Mapping[str, Promise] = {
    "unknown_specimen": _("No specimen of this campus has this number."),
    "specimen_not_received": _("The specimen has not been received, or cannot be used."),
    "results_entered": _("The results of this specimen were handed over already."),
    "nothing_asked": _("None of these tests was asked of the specimen."),
    "typed_by_hand": _("Somebody typed another value."),
    "unknown_analyte": _("The analyzer names a test that the laboratory does not know."),
    "unit_differs": _("A value came in another unit."),
    "bad_value": _("A value is no number."),
    "bad_choice": _("A value is none of the listed ones."),
    "bad_susceptibility": _("A susceptibility lacks its measure or its meaning."),
    "internal_error": _("The message could not be worked through."),
    "germ_unknown": _("It is not clear to which germ the antibiotics belong. Enter them by hand."),
    "germs_mixed": _("Antibiotics of more than one germ came together. Enter them by hand."),
    "value_twice": _("A test came twice with different values. Enter the right one by hand."),
    "message_refused": _("The message is not complete."),
}
ASIDE_REASONS: Mapping[str, BilingualText] = {
    "control": BilingualText("质控样本", "Control sample"),
    "repeated": BilingualText("已复测", "Measured again"),
    "typed": BilingualText("已手工录入", "Entered by hand"),
    "foreign": BilingualText("非本院标本", "Not our specimen"),
}
REJECT_REASONS: Mapping[str, BilingualText] = {
    "clotted": BilingualText("标本凝固", "Clotted"),
    "hemolyzed": BilingualText("标本溶血", "Hemolyzed"),
    "little": BilingualText("标本量不足", "Not enough material"),
    "label": BilingualText("标签不符", "Label does not match"),
    "container": BilingualText("容器错误", "Wrong container"),
    "old": BilingualText("送检超时", "Too old on arrival"),
}
