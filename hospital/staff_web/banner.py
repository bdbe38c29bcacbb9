"""The patient banner: who is on the screen, in both scripts, with what matters in words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hospital.assistance.api import get_care_settings
from hospital.assistance.types import CareSettings
from hospital.encounters.api import has_green_visit
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import get_country, get_person, has_emergency_access, latin_parts, split_chinese_name
from hospital.patients.types import AllergyCard, IdentifierCard, PersonCard
from hospital.staff_web.journey import JourneyMark
from hospital.staff_web.roles import CLINICAL

SEXES = {"M": _("Male"), "F": _("Female"), "U": _("Sex not stated")}
PAYERS = {"SELF": _("Self-pay")}
DOCUMENTS = {
    "PRC_ID": _("Mainland ID card"),
    "HMT_RESIDENCE": _("HK/Macau/Taiwan residence permit"),
    "FOREIGN_PR": _("Foreign permanent resident card"),
    "HM_PERMIT": _("HK/Macau mainland travel permit"),
    "TW_PERMIT": _("Taiwan travel permit"),
    "HKID": _("Hong Kong ID card"),
    "MACAU_ID": _("Macau ID card"),
    "PASSPORT": _("Passport"),
    "OTHER": _("Other document"),
}
LANGUAGES = {
    "ar": _("Arabic"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "hi": _("Hindi"),
    "id": _("Indonesian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "ms": _("Malay"),
    "nl": _("Dutch"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "sw": _("Swahili"),
    "th": _("Thai"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "yue": _("Cantonese"),
    "zh": _("Mandarin"),
}


@dataclass(frozen=True, slots=True)
class PatientBanner:
    """What `{% banner %}` draws. `mrn` and the identifiers are masked; unmasking is a logged act."""

    person: PersonCard
    family: str
    given: str
    chinese_family: str
    chinese_given: str
    age: str
    sex: str
    born_on: date
    mrn: str
    identifiers: tuple[IdentifierCard, ...]
    nationality: str
    languages: str
    needs_interpreter: bool
    payer: str
    has_alerts: bool  # off at desks that need not know of allergies
    can_record_allergies: bool
    is_emergency_access: bool
    care: CareSettings | None = None
    is_green: bool = False
    journey: tuple[JourneyMark, ...] = ()

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person.id

    @property
    def allergies(self) -> tuple[AllergyCard, ...]:
        """The known ones, where this desk shows them."""
        return self.person.allergies if self.has_alerts else ()


def get_banner(
    *,
    actor: Actor,
    person_id: UUID,
    now: datetime,
    payer: str = "SELF",
    has_alerts: bool = True,
    is_green: bool | None = None,
    journey: tuple[JourneyMark, ...] = (),
) -> PatientBanner:
    """The banner of a person the actor may see; `has_alerts` off at desks that need not know allergies. `is_green`
    where the caller has read it already; `journey` is that of the visit on the screen.

    Reading the person is an entry of the audit trail.

    Refuses like `patients.get_person` (`NoCareRelation` leads to break-glass).
    """
    person = get_person(actor=actor, person_id=person_id, now=now)
    opened = has_emergency_access(actor=actor, person_id=person_id, now=now)
    return make_banner(
        person=person,
        campus_code=actor.campus_code,
        payer=payer,
        has_alerts=has_alerts,
        can_record_allergies=any(actor.has_role(role) for role in CLINICAL),
        is_emergency_access=opened,
        is_green=has_green_visit(person_id=person_id, day=local_day(now)) if is_green is None else is_green,
        care=get_care_settings(person_id=person_id, campus_code=actor.campus_code, now=now),
        journey=journey,
    )


def make_banner(
    *,
    person: PersonCard,
    campus_code: str,
    payer: str = "SELF",
    has_alerts: bool = True,
    can_record_allergies: bool = False,
    is_emergency_access: bool = False,
    is_green: bool = False,
    care: CareSettings | None = None,
    journey: tuple[JourneyMark, ...] = (),
) -> PatientBanner:
    """The banner of a person read already."""
    latin = latin_parts(person.name)
    chinese_family, chinese_given = split_chinese_name(person.name.chinese)
    return PatientBanner(
        person=person,
        family=latin.family,
        given=latin.given,
        chinese_family=chinese_family,
        chinese_given=chinese_given,
        age=age_text(born_on=person.birth_date, on=timezone.localdate()),
        sex=str(SEXES[person.sex]),
        born_on=person.birth_date,
        mrn=person.mrn_at(campus_code),
        identifiers=person.identifiers,
        nationality=country_name(code=person.nationality),
        languages=", ".join(language_name(code=code) for code in person.languages),
        needs_interpreter=person.needs_interpreter,
        payer=str(PAYERS.get(payer, payer)),
        has_alerts=has_alerts,
        can_record_allergies=has_alerts and can_record_allergies,
        is_emergency_access=is_emergency_access,
        is_green=is_green,
        care=None if care is None or care.is_empty else care,
        journey=journey,
    )


def age_text(*, born_on: date, on: date) -> str:
    """The age as a desk says it: months under two years, days under two months, else completed years."""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months >= 24:
        return ngettext("%(number)s y", "%(number)s y", months // 12) % {"number": months // 12}
    if months >= 2:
        return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
    days = max(0, (on - born_on).days)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def short_age(*, born_on: date, on: date) -> str:
    """As `age_text`, for a narrow column: the bare number means years."""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months >= 24:
        return str(months // 12)
    if months >= 2:
        return gettext("%(number)s mo") % {"number": months}
    return gettext("%(number)s d") % {"number": max(0, (on - born_on).days)}


def country_name(*, code: str) -> str:
    """A country in the page's language; the code itself when it names none."""
    country = get_country(code)
    return str(BilingualText(country.name_zh, country.name_en)) if country else code


def language_name(*, code: str) -> str:
    """A language in the page's language; the tag itself when the list lacks it."""
    return str(LANGUAGES.get(code.split("-", maxsplit=1)[0], code))
