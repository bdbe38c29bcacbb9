"""What kinds, states and worth of an article are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.publications.states import ArticleState, TranslationStatus
from hospital.publications.types import ArticleKind, Audience, Symbol

KINDS: dict[str, Promise] = {
    ArticleKind.HOSPITAL: _("Hospital page"),
    ArticleKind.CAMPUS: _("Campus page"),
    ArticleKind.ANNOUNCEMENT: _("Announcement"),
    ArticleKind.GUIDE: _("Visit guide"),
    ArticleKind.HELP: _("Help topic"),
    ArticleKind.DEPARTMENT: _("Department page"),
    ArticleKind.DOCTOR: _("Doctor’s page"),
}
# Kind of tag and word of each state.
STATES: dict[str, tuple[str, Promise]] = {
    ArticleState.DRAFT: ("plain", pgettext_lazy("article", "Draft")),
    ArticleState.SCHEDULED: ("wait", pgettext_lazy("article", "Scheduled")),
    ArticleState.PUBLISHED: ("ok", pgettext_lazy("article", "Published")),
    ArticleState.WITHDRAWN: ("warn", pgettext_lazy("article", "Withdrawn")),
}
STATUSES: dict[str, tuple[str, Promise]] = {
    TranslationStatus.MISSING: ("danger", _("No English")),
    TranslationStatus.DRAFT: ("busy", _("English draft")),
    TranslationStatus.STALE: ("warn", _("Chinese changed since")),
    TranslationStatus.REVIEWED: ("ok", _("English reviewed")),
}
AUDIENCES: dict[str, Promise] = {
    Audience.EVERYONE: _("Everyone"),
    Audience.OVERSEAS: _("People from abroad"),
    Audience.FAMILIES: _("Parents and families"),
}
SYMBOLS: dict[str, Promise] = {
    Symbol.INFO: pgettext_lazy("sign", "Information"),
    Symbol.TICKET: pgettext_lazy("sign", "Number"),
    Symbol.WALLET: pgettext_lazy("sign", "Money"),
    Symbol.SHIELD: pgettext_lazy("sign", "Insurance"),
    Symbol.ALERT: pgettext_lazy("sign", "Emergency"),
    Symbol.CHAT: pgettext_lazy("sign", "Languages"),
    Symbol.BAG: pgettext_lazy("sign", "What to bring"),
    Symbol.PILL: pgettext_lazy("sign", "Medicine"),
    Symbol.REPORT: pgettext_lazy("sign", "Report"),
    Symbol.LOCK: pgettext_lazy("sign", "Privacy"),
    Symbol.PASSPORT: pgettext_lazy("sign", "Document"),
    Symbol.CALENDAR: pgettext_lazy("sign", "Appointment"),
    Symbol.PHONE: pgettext_lazy("sign", "Phone"),
    Symbol.PEOPLE: pgettext_lazy("sign", "Family"),
    Symbol.VISIT: pgettext_lazy("sign", "Visit"),
    Symbol.MEGAPHONE: pgettext_lazy("sign", "News"),
    Symbol.BUILDING: pgettext_lazy("sign", "Building"),
    Symbol.HELP: pgettext_lazy("sign", "Question"),
}
FACTS: dict[str, Promise] = {
    "hours": _("Opening hours"),
    "emergency": _("Emergency entrance"),
    "education": _("Education and training"),
}
EXAMPLE_SLUG = "what-to-bring"
