"""The states of a document in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.clinical_documents.states import ClinicalState, SealState, VersionState

STATES: Mapping[ClinicalState, tuple[str, Promise]] = {
    ClinicalState.DRAFT: ("info", _("Draft")),
    ClinicalState.SIGNED: ("ok", _("Signed")),
    ClinicalState.WITHDRAWN: ("plain", pgettext_lazy("document", "Given up")),
    ClinicalState.VOIDED: ("danger", pgettext_lazy("document", "Void")),
}
SEAL_STATES: Mapping[SealState, tuple[str, Promise]] = {
    SealState.WAITING: ("wait", _("Waits for the seal")),
    SealState.SEALED: ("ok", _("Sealed")),
    SealState.RETURNED: ("danger", _("Sent back by the office")),
}
VERSION_STATES: Mapping[VersionState, tuple[str, Promise]] = {
    VersionState.DRAFT: ("info", _("Draft")),
    VersionState.SIGNED: ("ok", _("Signed")),
    VersionState.WITHDRAWN: ("plain", pgettext_lazy("document", "Given up")),
}
