"""The base of every named refusal."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A request that is understood and not carried out; nothing was changed.

    Each subclass names one reason: `code` is stable and goes to machines, `text` is translated for the reader when the
    answer is written (English is the message id; `%(name)s` placeholders are filled from the keyword arguments).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    text: ClassVar[str | Promise] = ""

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        super().__init__(self.code, facts)

    @property
    def message(self) -> str:
        """The text in the language that is active now."""
        text = str(self.text)
        return text % self.facts if self.facts else text

    def __str__(self) -> str:
        return self.message


class UploadTooLarge(Refusal):
    """A file above the limit, which `megabytes` names."""

    code = "upload_too_large"
    status = 413
    text = _("This file is too large: %(megabytes)s MB at most. Nothing was sent. Please take a smaller picture.")


class UploadNotAccepted(Refusal):
    """A file that is not what its kind allows, whatever its name says."""

    code = "upload_not_accepted"
    status = 422
    text = _("We could not open this file. Please send a JPEG or PNG picture, or a PDF without a password.")
