"""Which adapter serves which port. Contexts find these functions by the dotted paths in the settings."""

from django.conf import settings

from hospital.integrations.mpgs.acquirer import MpgsAcquirer, MpgsConfig
from hospital.payments.ports import CardAcquirer


def card_acquirer() -> CardAcquirer:
    """The Mastercard Gateway."""
    return MpgsAcquirer(
        MpgsConfig(
            gateway_url=settings.CARD_GATEWAY_URL.rstrip("/"),
            version=settings.CARD_GATEWAY_VERSION,
            merchant_id=settings.CARD_MERCHANT_ID,
            api_password=settings.CARD_API_PASSWORD,
            webhook_secret=settings.CARD_WEBHOOK_SECRET,
            notification_url=settings.CARD_NOTIFICATION_URL,
            connect_seconds=settings.CARD_CONNECT_SECONDS,
            answer_seconds=settings.CARD_ANSWER_SECONDS,
        )
    )
