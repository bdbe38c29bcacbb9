"""Why a test is done again although a recent recognized result is there, in words (domain brief 4)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hospital.orders.types import RepeatReason

REPEAT_REASONS: Mapping[RepeatReason, Promise] = {
    RepeatReason.CONDITION_CHANGED: gettext_lazy("The condition has changed"),
    RepeatReason.FAST_CHANGING: gettext_lazy("The value changes quickly"),
    RepeatReason.BEFORE_PROCEDURE: gettext_lazy("Before a major procedure"),
    RepeatReason.EMERGENCY: gettext_lazy("Emergency or resuscitation"),
    RepeatReason.FORENSIC: gettext_lazy("Needed for a forensic or official report"),
    RepeatReason.OTHER: gettext_lazy("Another reason"),
}
