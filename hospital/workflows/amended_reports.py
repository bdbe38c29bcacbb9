"""What an amended laboratory report says at its head: which version, why, and each value that is another now (N19)."""

from datetime import datetime

from hospital.documents.types import Amendment
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.api import list_report_versions
from hospital.results.states import ReportState
from hospital.results.types import ReportView, ValueView
from hospital.workflows.clinical_words import word_free_text


def word_amendment(*, report: ReportView, actor: Actor, now: datetime) -> Amendment | None:
    """The head of an amended report; None of a first version. What the actor may not read of the version before is left
    out."""
    if report.version == 1:
        return None
    versions = list_report_versions(specimen_id=report.specimen_id, actor=actor, now=now)
    before = next((each for each in versions if each.version == report.version - 1), None)
    known = {value.code: value for value in before.values} if before else {}
    changed = [(known[value.code], value) for value in report.values if value.code in known]
    return Amendment(
        version=report.version,
        reason=word_free_text(report.amend_reason),
        changes=tuple(_word(was, value) for was, value in changed if was.text != value.text),
    )


def note_replacement(report: ReportView) -> tuple[BilingualText, ...]:
    """An overtaken report says that a newer one exists."""
    if report.state is not ReportState.SUPERSEDED:
        return ()
    return (BilingualText("本报告已被新版本取代。", "A newer version replaces this report."),)


def _word(was: ValueView, value: ValueView) -> BilingualText:
    unit = f" {value.unit}" if value.unit else ""
    return BilingualText(
        f"{value.name.zh}：{was.display.zh or '—'} 更正为 {value.display.zh}{unit}",
        f"{value.name.in_language('en')}: {was.display.in_language('en') or '—'} corrected to "
        f"{value.display.in_language('en')}{unit}",
    )
