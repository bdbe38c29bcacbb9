"""What a clinic without a doctor's name is called: patients see whichever doctor of the team is on duty."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.kernel.types import BilingualText

_NAMES: Final[Mapping[str, Promise]] = {
    "ORDINARY": _("General clinic"),
    "EXPERT": _("Specialist clinic"),
    "SPECIAL": _("Special-need clinic"),
    "INTL": _("International clinic"),
    "EMERGENCY": _("Emergency clinic"),
}


@cache
def clinic_name(service_type: str) -> BilingualText:
    """General clinic / 普通门诊, by the session's kind of registration."""
    words = _NAMES.get(service_type, _NAMES["ORDINARY"])
    with translation.override("zh-hans"):
        zh = str(words)
    with translation.override("en"):
        return BilingualText(zh, str(words))
