"""What states, origins, findings and sides are called at the translation desk."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from hospital.staff_web.registration.words import StateWord
from hospital.translations.states import Origin, TranslationState
from hospital.translations.types import Finding, FindingKind

STATE_WORDS: Mapping[TranslationState, StateWord] = {
    TranslationState.DRAFT: StateWord("wait", _("To translate")),
    TranslationState.SUBMITTED: StateWord("busy", _("With the second reader"), "half"),
    TranslationState.RETURNED: StateWord("warn", _("Given back"), "undo"),
    TranslationState.REVIEWED: StateWord("ok", pgettext_lazy("translation", "Released")),
    TranslationState.OVERTAKEN: StateWord("plain", _("Overtaken by a newer original"), "history"),
    TranslationState.CANCELLED: StateWord("plain", _("Cancelled: the original is void"), "close"),
}
ORIGIN_WORDS: Mapping[Origin, StateWord] = {
    Origin.EARLIER: StateWord("info", _("From the earlier version"), "history"),
    Origin.MEMORY: StateWord("info", _("Translated before"), "history"),
    Origin.MACHINE: StateWord("warn", _("Machine draft: read it"), "warn"),
    Origin.READ: StateWord("info", _("Machine draft, confirmed"), "desk"),
    Origin.EDITED: StateWord("info", _("Machine draft, changed"), "desk"),
}
KIND_WORDS: Mapping[FindingKind, Promise] = {
    FindingKind.NUMBER: pgettext_lazy("translation check", "Numbers"),
    FindingKind.DOSE: pgettext_lazy("translation check", "Doses"),
    FindingKind.DURATION: pgettext_lazy("translation check", "Durations"),
    FindingKind.DATE: pgettext_lazy("translation check", "Dates and times"),
    FindingKind.SIDE: pgettext_lazy("translation check", "Left and right"),
    FindingKind.TERM: pgettext_lazy("translation check", "Glossary terms"),
    FindingKind.CHINESE: pgettext_lazy("translation check", "Chinese left over"),
    FindingKind.EMPTY: pgettext_lazy("translation check", "Not translated yet"),
}
_SIDES: Mapping[str, Promise] = {
    "left": pgettext_lazy("side", "left"),
    "right": pgettext_lazy("side", "right"),
    "both": pgettext_lazy("side", "both sides"),
}


# The product counts in these; what else stands behind a number (mg, mmol/L, %) reads the same everywhere.
_UNITS: Mapping[str, Promise] = {
    "day": ngettext_lazy("%(amount)s day", "%(amount)s days", "count"),
    "week": ngettext_lazy("%(amount)s week", "%(amount)s weeks", "count"),
    "month": ngettext_lazy("%(amount)s month", "%(amount)s months", "count"),
    "year": ngettext_lazy("%(amount)s year", "%(amount)s years", "count"),
    "hour": ngettext_lazy("%(amount)s hour", "%(amount)s hours", "count"),
    "minute": ngettext_lazy("%(amount)s minute", "%(amount)s minutes", "count"),
    "second": ngettext_lazy("%(amount)s second", "%(amount)s seconds", "count"),
    "time": ngettext_lazy("%(amount)s time", "%(amount)s times", "count"),
    "tablet": ngettext_lazy("%(amount)s tablet", "%(amount)s tablets", "count"),
    "capsule": ngettext_lazy("%(amount)s capsule", "%(amount)s capsules", "count"),
    "drop": ngettext_lazy("%(amount)s drop", "%(amount)s drops", "count"),
    "puff": ngettext_lazy("%(amount)s puff", "%(amount)s puffs", "count"),
}


def describe_finding(finding: Finding) -> str:
    """A difference in a few words of the reader's language: what became what, what is missing, what is too much."""
    if finding.kind is FindingKind.EMPTY:
        return _now("Not translated yet")
    if finding.kind is FindingKind.CHINESE:
        return _now("Chinese left over: %(text)s") % {"text": finding.extra}
    if finding.kind is FindingKind.TERM:
        return _now("Glossary: %(term)s") % {"term": finding.missing}
    missing, extra = _say(finding.missing), _say(finding.extra)
    if missing and extra:
        return _now("%(before)s became %(after)s") % {"before": missing, "after": extra}
    if missing:
        return _now("%(text)s is missing") % {"text": missing}
    return _now("%(text)s is not in the original") % {"text": extra}


def _say(text: str) -> str:
    """A quantity or sides in the reader's language."""
    amount, _gap, unit = text.partition(" ")
    if unit in _UNITS:
        return str(_UNITS[unit] % {"amount": amount, "count": 1 if amount == "1" else 2})
    return ", ".join(str(_SIDES.get(side, side)) for side in text.split(", "))
