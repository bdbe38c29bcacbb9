"""The sentences of an explanation in the reader's language (domain brief §1.3: the resolution is explained)."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from hospital.billing.types import Reason, ReasonKey
from hospital.catalog.types import Exemption, ScopeKind

_SENTENCES: dict[ReasonKey, Promise] = {
    ReasonKey.GATE_NORMAL: _("The visit is on the ordinary service line, which takes no surcharge."),
    ReasonKey.EXEMPT: _("No surcharge: %(exemptions)s."),
    ReasonKey.EXEMPT_UNAPPROVED: _("No surcharge: %(exemptions)s. %(row)s has no approval number."),
    ReasonKey.OVERRIDE_WON: _("The set %(composite)s sets the surcharge: %(mark)s."),
    ReasonKey.RULE_WON: _("Rule %(rule)s (version %(version)s, level: %(level)s) sets the surcharge: %(mark)s."),
    ReasonKey.RULE_PASSED_NULL: _("Considered: rule %(rule)s (level: %(level)s) has no value, so the search went on."),
    ReasonKey.RULE_NOT_REACHED: _("Not needed: rule %(rule)s (level: %(level)s, %(mark)s) is less specific."),
    ReasonKey.NO_RULE: _("No surcharge rule is in force for this item."),
    ReasonKey.ADDITION_INCLUDED: _("The price includes the addition for %(addition)s."),
    ReasonKey.ADDITION_NOT_ADDED: _("The addition for %(addition)s is not added on top of the surcharge."),
    ReasonKey.BELOW_PUBLIC: _("The rule gave less than the public price, so the public price ¥%(public)s is charged."),
    ReasonKey.FIXED_PRICE_PASSED: _("The fixed price is below the standard price ¥%(base)s and needs attention."),
}
_NO_VALUE = pgettext_lazy("explanation", "no value")
_FIXED = pgettext_lazy("explanation", "fixed price")
_EXEMPTIONS: dict[Exemption, Promise] = {
    Exemption.DRUG: pgettext_lazy("explanation", "drugs are sold at cost"),
    Exemption.CONSUMABLE_SEPARATE: pgettext_lazy("explanation", "consumables are sold at cost"),
    Exemption.VBP: pgettext_lazy("explanation", "volume-procured goods"),
    Exemption.BLOOD: pgettext_lazy("explanation", "blood products"),
    Exemption.STATUTORY_FREE: pgettext_lazy("explanation", "free by law"),
    Exemption.SENT_OUT: pgettext_lazy("explanation", "test sent to another laboratory"),
    Exemption.ALREADY_SPECIAL: pgettext_lazy("explanation", "the price is already a special one"),
}
_LEVELS: dict[ScopeKind, Promise] = {
    ScopeKind.ITEM: pgettext_lazy("explanation", "item"),
    ScopeKind.PRICE_ITEM: pgettext_lazy("explanation", "price-bureau item"),
    ScopeKind.FEE_CLASS: pgettext_lazy("explanation", "fee class"),
    ScopeKind.KIND: pgettext_lazy("explanation", "kind of item"),
    ScopeKind.SERVICE_LINE: pgettext_lazy("explanation", "service line"),
}
_ADDITIONS: dict[str, Promise] = {
    "child": pgettext_lazy("explanation", "children"),
    "emergency": pgettext_lazy("explanation", "emergencies"),
}
_SEPARATOR = pgettext_lazy("explanation", "; ")


def speak_reason(reason: Reason) -> str:
    """One sentence in the language that is active now."""
    return str(_SENTENCES[reason.key]) % {name: _speak_fact(name, fact) for name, fact in reason.facts.items()}


def speak_reasons(reasons: Iterable[Reason], language: str) -> str:
    """The whole explanation in `language` (`zh-hans` or `en`)."""
    gap = "" if language.startswith("zh") else " "
    with override(language):
        return gap.join(speak_reason(reason) for reason in reasons)


def dump_reasons(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    """The form in which a charge stores its explanation."""
    return [{"key": reason.key.value, "facts": dict(reason.facts)} for reason in reasons]


def load_reasons(stored: Iterable[Mapping[str, object]]) -> tuple[Reason, ...]:
    """The explanation of a stored charge."""
    loaded = []
    for entry in stored:
        facts = entry["facts"]
        if isinstance(facts, Mapping):
            loaded.append(Reason(ReasonKey(str(entry["key"])), {str(key): str(fact) for key, fact in facts.items()}))
    return tuple(loaded)


def _speak_fact(name: str, fact: str) -> str:
    if name == "exemptions":
        return str(_SEPARATOR).join(str(_EXEMPTIONS[Exemption(part)]) for part in fact.split(",") if part)
    if name == "level":
        return str(_LEVELS[ScopeKind(fact)])
    if name == "addition":
        return str(_ADDITIONS[fact])
    if name == "mark":
        return {"": str(_NO_VALUE), "fixed": str(_FIXED)}.get(fact, fact)
    return fact
