"""`POST {url}` with `{"source", "target", "texts"}` and a bearer key; the answer is `{"texts"}` in the same order.

Names of patients are not sent: the texts are all that leaves. The service must stand in the hospital's own
network, or the cross-border rules apply to what is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from hospital.translations.ports import MachineUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class DrafterConfig:
    """Where the service is, and how long to wait for it."""

    url: str
    key: str = field(repr=False)
    connect_seconds: float
    answer_seconds: float


class MachineDrafter:
    """Asks the service for drafts."""

    def __init__(self, config: DrafterConfig) -> None:
        self._config = config

    def draft_texts(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """A draft for each text; see the port."""
        config = self._config
        try:
            answer = httpx.post(
                config.url,
                json={"source": source, "target": target, "texts": list(texts)},
                headers={"Authorization": f"Bearer {config.key}"},
                timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds),
            )
            answer.raise_for_status()
            drafts = answer.json()["texts"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as failed:
            raise MachineUnavailable from failed
        if not isinstance(drafts, list) or len(drafts) != len(texts) or not all(isinstance(d, str) for d in drafts):
            raise MachineUnavailable
        return drafts
