"""What is asked of the service, and what counts as no answer."""

import json

import httpx
import pytest

from hospital.integrations.machine_translation.drafter import DrafterConfig, MachineDrafter
from hospital.translations.ports import MachineUnavailable

DRAFTER = MachineDrafter(
    DrafterConfig(url="https://machine.example/drafts", key="k", connect_seconds=1, answer_seconds=2)
)


def answer(monkeypatch: pytest.MonkeyPatch, reply: httpx.Response | Exception) -> list[httpx.Request]:
    seen: list[httpx.Request] = []

    def post(url: str, *, json: object, headers: dict[str, str], timeout: httpx.Timeout) -> httpx.Response:
        request = httpx.Request("POST", url, json=json, headers=headers)
        seen.append(request)
        if isinstance(reply, Exception):
            raise reply
        reply.request = request
        return reply

    monkeypatch.setattr(httpx, "post", post)
    return seen


def test_texts_alone_are_sent_and_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = answer(monkeypatch, httpx.Response(200, json={"texts": ["Fever", "Cough"]}))
    assert DRAFTER.draft_texts(["发热", "咳嗽"], source="zh", target="en") == ["Fever", "Cough"]
    assert json.loads(seen[0].content) == {"source": "zh", "target": "en", "texts": ["发热", "咳嗽"]}
    assert seen[0].headers["authorization"] == "Bearer k"


@pytest.mark.parametrize(
    "reply",
    [
        httpx.ConnectTimeout("late"),
        httpx.Response(500, json={"texts": ["Fever"]}),
        httpx.Response(200, text="not JSON"),
        httpx.Response(200, json={"texts": []}),
        httpx.Response(200, json={"texts": [1]}),
        httpx.Response(200, json=["Fever"]),
    ],
)
def test_anything_else_is_no_answer(monkeypatch: pytest.MonkeyPatch, reply: httpx.Response | Exception) -> None:
    answer(monkeypatch, reply)
    with pytest.raises(MachineUnavailable):
        DRAFTER.draft_texts(["发热"], source="zh", target="en")
