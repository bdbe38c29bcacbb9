"""Words, marks and figures of the staff pages: `{% load desk %}`."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from hospital.assistance.types import AssistanceCard, Preferences
from hospital.kernel.actors import Role
from hospital.kernel.types import BilingualText
from hospital.patients.api import display_name
from hospital.patients.types import PersonCard
from hospital.staff_web.assistance.words import RequestRow, list_wishes, row_of
from hospital.staff_web.banner import DOCUMENTS, SEXES, PatientBanner, age_text, country_name, short_age
from hospital.staff_web.desks import get_desk
from hospital.staff_web.icons import ICONS
from hospital.staff_web.roles import ROLE_NAMES

register = template.Library()

_SHAPES = {
    "ok": "ok",
    "warn": "warn",
    "danger": "stop",
    "info": "info",
    "wait": "clock",
    "plain": "ring",
    "busy": "half",
    "brand": "ring",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
_SHORT_SEXES = {"M": pgettext_lazy("sex", "M"), "F": pgettext_lazy("sex", "F")}


def _reads_chinese() -> bool:
    return (get_language() or "en").startswith("zh")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One of the product's icons; decoration only, the word stands beside it."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>',
        extra,
        mark_safe(ICONS[name]),  # noqa: S308
    )


@register.simple_tag
def tag(kind: str, text: Any, shape: str = "") -> SafeString:
    """A state as shape, word and color. `kind`: ok, warn, danger, info, wait, plain, busy, brand."""
    return format_html('<span class="tag tag-{}">{}{}</span>', kind, icon(shape or _SHAPES[kind]), text)


@register.simple_tag
def note(kind: str, text: Any, shape: str = "") -> SafeString:
    """A sentence with a meaning: ok, warn, danger, info, wait."""
    return format_html('<span class="note note-{}">{}<span>{}</span></span>', kind, icon(shape or _SHAPES[kind]), text)


@register.simple_tag
def alert(kind: str, title: Any, text: Any = "") -> SafeString:
    """A block that says what happened and what to do; it is announced when it is a fault."""
    role = "alert" if kind == "danger" else "status"
    return format_html(
        '<div class="alert alert-{}" role="{}">{}<span class="grow"><b>{}</b>{}</span></div>',
        kind,
        role,
        icon(_SHAPES[kind]),
        title,
        text,
    )


@register.simple_tag
def kbd(keys: str) -> SafeString:
    """The cap of a key."""
    return format_html("<kbd>{}</kbd>", keys)


@register.simple_tag
def key(keys: str, label: Any) -> SafeString:
    """A key with what it does, for the key bar (which the `?` dialog repeats)."""
    return format_html('<span class="key"><kbd>{}</kbd>{}</span>', keys, label)


@register.simple_tag
def empty(shape: str, title: Any, text: Any = "") -> SafeString:
    """What stands where a list has nothing: a sentence and what to do next."""
    return format_html('<div class="empty">{}<b>{}</b><span>{}</span></div>', icon(shape), title, text)


@register.inclusion_tag("staff_web/components/field.html")
def field(bound: BoundField, span: str = "", placeholder: str = "") -> dict[str, Any]:
    """A form field with label, help and the error beside it."""
    attrs: dict[str, Any] = {"class": "input"}
    if bound.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.id_for_label}-error"}
    elif bound.help_text:
        attrs["aria-describedby"] = f"{bound.id_for_label}-help"
    if placeholder:
        attrs["placeholder"] = placeholder
    is_check = getattr(bound.field.widget, "input_type", "") == "checkbox"
    if is_check:
        attrs.pop("class")
    return {"bound": bound, "control": bound.as_widget(attrs=attrs), "span": span, "is_check": is_check}


@register.inclusion_tag("staff_web/components/banner.html", takes_context=True)
def banner(context: dict[str, Any], patient: PatientBanner) -> dict[str, Any]:
    """The patient banner (see `hospital.staff_web.banner.get_banner`)."""
    request = context["request"]
    here = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
    return {"patient": patient, "here": here}


@register.filter
def wishes(preferences: Preferences) -> list[Any]:
    """What in somebody's preferences asks for attention, in words."""
    return list_wishes(preferences)


@register.filter
def help_rows(cards: Iterable[AssistanceCard]) -> list[RequestRow]:
    """Requests for assistance with their words."""
    return [row_of(card) for card in cards]


@register.simple_tag
def person_name(person: PersonCard) -> SafeString:
    """The name as the reader reads it: document order with the family name in capitals, or the Chinese name."""
    text = display_name(person.name, language=get_language() or "en")
    is_chinese = text == person.name.chinese
    return format_html('<span lang="zh-CN">{}</span>', text) if is_chinese else format_html("{}", text)


@register.filter
def document_name(code: str) -> Any:
    """A kind of identity document in words."""
    return DOCUMENTS.get(code, code)


@register.filter
def sex_name(code: str) -> Any:
    """Male, Female, or not stated."""
    return SEXES.get(code, code)


@register.filter
def sex_short(code: str) -> str:
    """One letter or character for a queue."""
    return str(_SHORT_SEXES.get(code, "—"))


@register.filter
def age(person: PersonCard) -> str:
    """The age today."""
    return age_text(born_on=person.birth_date, on=timezone.localdate())


@register.filter
def age_short(person: PersonCard) -> str:
    """The age for a queue's narrow column: 38, 13 mo, 9 d."""
    return short_age(born_on=person.birth_date, on=timezone.localdate())


@register.filter
def country(code: str) -> str:
    """A country in words."""
    return country_name(code=code)


@register.inclusion_tag("staff_web/components/documents.html", takes_context=True)
def documents(context: template.Context, prints: Any, language: str = "") -> dict[str, Any]:
    """The document picker: each of `prints` with its language (Chinese, English, both) and a button."""
    default = language or ("zh" if _reads_chinese() else "en")
    return {"prints": prints, "default": default, "csp_nonce": context.get("CSP_NONCE", "")}


def _is_amount(amount: object) -> bool:
    """Whether there is an amount at all: a template hands an empty text for what does not exist."""
    return isinstance(amount, Decimal | int)


@register.filter
def money(amount: Decimal | None) -> str:
    """1,877.90: two places always, thousands apart."""
    return f"{amount:,.2f}" if _is_amount(amount) else ""


@register.filter
def yuan(amount: Decimal | None) -> str:
    """¥1,877.90, in one piece; a negative amount carries a true minus."""
    if amount is None or not _is_amount(amount):
        return ""
    sign = "−" if amount < 0 else ""
    return f"{sign}¥{abs(amount):,.2f}"


@register.filter
def unit_price(amount: Decimal | None) -> str:
    """A unit price with two places, or the four that a drug's may have."""
    if amount is None:
        return ""
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:,.{min(places, 4)}f}"


@register.filter
def quantity(amount: Decimal | int | None) -> str:
    """A quantity without trailing zeros: 1, 0.5."""
    if amount is None:
        return ""
    text = f"{Decimal(amount):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def ratio(fraction: Decimal | None) -> str:
    """A surcharge ratio as a percentage, never as a multiplier: +30 % (domain brief 1.3)."""
    if not fraction:
        return "0%" if _reads_chinese() else "0 %"
    percent = f"{(fraction * 100).normalize():f}"
    return f"+{percent}%" if _reads_chinese() else f"+{percent} %"


@register.filter
def day(value: date | datetime | None) -> str:
    """24 Nov 2026 or its Chinese form, in the hospital's time."""
    if value is None:
        return ""
    at = timezone.localtime(value) if isinstance(value, datetime) else value
    # English names the month, Chinese counts it.
    parts = {"day": at.day, "month": at.month, "name": _MONTHS[at.month - 1], "year": at.year}
    return _("%(day)s %(name)s %(year)s") % parts


@register.filter
def weekday(value: date | datetime | None) -> str:
    """The short name of the weekday."""
    if value is None:
        return ""
    at = timezone.localtime(value) if isinstance(value, datetime) else value
    return str(_WEEKDAYS[at.weekday()])


@register.filter
def clock(value: datetime | None) -> str:
    """14:05, in the hospital's time."""
    return "" if value is None else timezone.localtime(value).strftime("%H:%M")


@register.filter
def clock_seconds(value: datetime | None) -> str:
    """14:05:09, in the hospital's time."""
    return "" if value is None else timezone.localtime(value).strftime("%H:%M:%S")


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time."""
    return "" if value is None else f"{day(value)} {clock(value)}"


@register.filter
def minutes_since(value: datetime | None) -> str:
    """How long ago, for a queue, in minutes or hours."""
    if value is None:
        return ""
    minutes = max(0, int((timezone.now() - value).total_seconds() // 60))
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(hours)s h %(minutes)s") % {"hours": minutes // 60, "minutes": minutes % 60}


@register.filter
def other_language(text: BilingualText) -> str:
    """The text in the language that the page is not in; empty when it is the same."""
    other = text.en if _reads_chinese() else text.zh
    return "" if other == str(text) else other


@register.simple_tag
def content(text: BilingualText) -> SafeString:
    """A text of the hospital's content; Chinese in an English page carries its language and a mark."""
    if text.has_gap and not _reads_chinese():
        return format_html('<span lang="zh-CN">{}</span> {}', text.zh, tag("warn", _("No English yet"), "globe"))
    return format_html("{}", str(text))


@register.filter
def has_key(mapping: Any, name: Any) -> Any:
    """`mapping[name]` or nothing, for look-ups by variable."""
    return mapping.get(name, "") if mapping else ""


@register.simple_tag
def desk_title(code: str) -> str:
    """The name of a desk, for the page's heading."""
    return str(get_desk(code=code).name)


@register.filter
def role_name(role: str) -> Any:
    """A role in words."""
    return ROLE_NAMES.get(Role(role), role)
