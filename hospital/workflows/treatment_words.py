"""How far treatments are, as the patient's journey says it (D54, A16)."""

from collections.abc import Sequence

from hospital.kernel.types import BilingualText
from hospital.treatments.states import TreatmentState
from hospital.treatments.types import TreatmentView


def word_progress(treatments: Sequence[TreatmentView]) -> tuple[BilingualText, ...]:
    """Each treatment with how many of its sessions were done."""
    return tuple(_progress(each) for each in treatments)


def word_frequencies(treatments: Sequence[TreatmentView]) -> tuple[BilingualText, ...]:
    """How often one comes, of what is still open; each frequency once."""
    return tuple(dict.fromkeys(each.how_often for each in treatments if each.state is TreatmentState.OPEN))


def _progress(treatment: TreatmentView) -> BilingualText:
    name, done, planned = treatment.name, treatment.done, treatment.planned
    if treatment.state is TreatmentState.STOPPED:
        return BilingualText(
            f"{name.zh}：已停止，完成 {done} 次", f"{name.en or name.zh}: stopped after {done} of {planned} sessions"
        )
    return BilingualText(
        f"{name.zh}：已完成 {done}/{planned} 次", f"{name.en or name.zh}: {done} of {planned} sessions done"
    )
