"""What notifications needs from a carrier of text messages, whoever it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class SmsUnavailable(Exception):
    """No answer, or one that asks to wait: try again later."""


class SmsRejected(Exception):
    """The carrier will not send this message; trying again does not help."""


class SmsSender(Protocol):
    """A carrier with registered texts."""

    def send(
        self, *, phone: str, kind: str, language: str, values: Sequence[str], reference: str, at: datetime
    ) -> None:
        """Hands over one message to a number in E.164: the text registered for `kind` in `language` (`en`,
        `zh-hans` or `zh-hant`), its places filled with `values`. Raises SmsUnavailable or SmsRejected.
        """


def sms_sender() -> SmsSender:
    """The carrier that the settings connect (`SMS_SENDER`, a dotted path to a function without arguments)."""
    sender: SmsSender = import_string(settings.SMS_SENDER)()
    return sender
