"""The kiosk in the hall, with the key that its process was started with."""

import os
from datetime import datetime

from demo.load.actors import loader
from hospital.campuses.models import Campus
from hospital.kernel.types import BilingualText
from hospital.partners.api import add_key, add_partner
from hospital.partners.types import Algorithm

KIOSK = "kiosk"


def load_partners(*, now: datetime) -> None:
    """One partner, at every campus; without a key where no kiosk was set up."""
    add_partner(
        code=KIOSK,
        name=BilingualText(zh="大堂自助机", en="Lobby kiosk"),
        campuses=Campus.objects.values_list("code", flat=True),
        requests_per_minute=600,
        is_on_site=True,
        actor=loader(),
        now=now,
    )
    key_id, secret = os.environ.get("IMC_KIOSK_KEY_ID", ""), os.environ.get("IMC_KIOSK_SECRET", "")
    if key_id and secret:
        add_key(code=KIOSK, algorithm=Algorithm.HMAC, key_id=key_id, secret=secret, actor=loader(), now=now)
