"""The adapter that asks a machine for drafts, against the sandbox's."""

import pytest

from hospital.integrations.machine_translation.drafter import DrafterConfig, MachineDrafter
from hospital.translations.ports import MachineUnavailable
from sandbox.process import SandboxClient

pytestmark = pytest.mark.requirement("D55")


def drafter(url: str) -> MachineDrafter:
    return MachineDrafter(DrafterConfig(url=url, key="k", connect_seconds=2, answer_seconds=5))


def test_the_sandbox_drafts_what_it_knows_and_leaves_the_rest(sandbox: SandboxClient) -> None:
    machine = drafter(f"{sandbox.address.url}/machine-translation")
    assert machine.draft_texts(["发热、咳嗽 5 天。", "胸痛"], source="zh", target="en") == [
        "fever, cough 5 天.",
        "chest pain",
    ]
    assert machine.draft_texts(["chest pain"], source="en", target="zh") == ["胸痛"]
    with pytest.raises(MachineUnavailable):
        drafter(f"{sandbox.address.url}/elsewhere").draft_texts(["x"], source="zh", target="en")
