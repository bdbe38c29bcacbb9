"""What an analyzer sends goes into the open report, or waits at the laboratory's desk (R56, domain brief 12)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from hospital.analyzers.api import (
    check_header,
    digest_of,
    find_analyzer,
    find_answer,
    get_analyzer_of,
    keep_message,
    mark_linked,
    parse_message,
    read_groups,
    read_header,
    read_message,
    read_numbers,
    write_answer,
)
from hospital.analyzers.errors import MessageNotReadable
from hospital.analyzers.states import MessageState
from hospital.analyzers.types import (
    AckCode,
    AnalyzerView,
    Header,
    MessageRefused,
    Observation,
    ObservationGroup,
    Verdict,
    WireError,
)
from hospital.audit.api import acting
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.results.api import enter_measured_values, find_measured_specimen, find_specimen
from hospital.results.errors import (
    BadChoice,
    BadSusceptibility,
    BadValue,
    NothingAsked,
    UnitDiffers,
    UnknownAnalyte,
    UnknownSpecimen,
)
from hospital.results.types import MeasuredValue

_LOINC = "LN"
# What to tell the analyzer of a refusal; the desk reads the refusal itself.
_ERRORS: dict[type[Refusal], WireError] = {
    UnknownSpecimen: WireError.UNKNOWN_KEY,
    UnknownAnalyte: WireError.UNKNOWN_KEY,
    NothingAsked: WireError.UNKNOWN_KEY,
    UnitDiffers: WireError.VALUE,
    BadValue: WireError.TYPE,
    BadChoice: WireError.VALUE,
    BadSusceptibility: WireError.VALUE,
}
_BROKEN_BY_US = Verdict(
    state=MessageState.WAITING,
    answer=AckCode.ERROR,
    error=WireError.INTERNAL,
    text="Kept for the laboratory; it could not be worked through",
    reason="internal_error",
)


def take_message(*, raw: bytes, now: datetime) -> bytes:
    """Keeps a message of an analyzer, writes its values where they belong, and returns the answer.

    All of it is one transaction that is committed before the answer is known: what was answered is kept, and what
    was not answered comes again. The same message under the same number gets the same answer and is written once.
    AA: the values stand in the report. AE: it is about results but something is in the way; it waits at the desk.
    AR: it cannot be read, is not about results, or comes from an analyzer that is not known here.
    """
    header = _read_header(raw)
    if (earlier := find_answer(header=header, digest=digest_of(raw))) is not None:
        return earlier
    try:
        return _take(raw=raw, header=header, now=now)
    except IntegrityError:
        earlier = find_answer(header=header, digest=digest_of(raw))  # the same message on another connection
        if earlier is None:
            raise
        return earlier


def keep_broken_message(*, raw: bytes, now: datetime) -> bytes:
    """Keeps a message that we failed at, and returns an answer that says so (AE, internal error)."""
    header = _read_header(raw)
    analyzer = find_analyzer(header=header)
    actor = system_actor("analyzers")
    with acting(actor=actor):
        return _keep(raw=raw, header=header, analyzer=analyzer, number="", verdict=_BROKEN_BY_US, actor=actor, now=now)


def link_message(*, message_id: UUID, specimen_number: str, actor: Actor, now: datetime) -> UUID:
    """Puts the values of a waiting message into the report of a specimen that a person chose; returns the report's id.

    Refusals: `UnknownMessage`, `MessageSettled`, `MessageNotReadable`, `UnknownSpecimen`, `NotLaboratoryStaff`, and
    those of `results.enter_measured_values`; a value that was typed is replaced.
    """
    analyzer = get_analyzer_of(message_id=message_id, actor=actor)
    groups = read_message(message_id=message_id, actor=actor)
    if not groups:
        raise MessageNotReadable
    specimen = find_specimen(number=specimen_number, actor=actor)
    with acting(actor=actor):
        report_id = enter_measured_values(
            specimen_id=specimen.id,
            values=[_measured(each, analyzer) for group in groups for each in group.observations],
            instrument=analyzer.name.en,
            method=analyzer.method,
            actor=actor,
            now=now,
            may_overwrite=True,
        )
        mark_linked(
            message_id=message_id, specimen_number=specimen.number, report_ids=[report_id], actor=actor, now=now
        )
    return report_id


def _take(*, raw: bytes, header: Header, now: datetime) -> bytes:
    actor = system_actor("analyzers")
    analyzer = find_analyzer(header=header)
    with acting(actor=actor):
        verdict, number = _judge(raw=raw, header=header, analyzer=analyzer, actor=actor, now=now)
        return _keep(raw=raw, header=header, analyzer=analyzer, number=number, verdict=verdict, actor=actor, now=now)


def _keep(
    *,
    raw: bytes,
    header: Header,
    analyzer: AnalyzerView | None,
    number: str,
    verdict: Verdict,
    actor: Actor,
    now: datetime,
) -> bytes:
    answer = write_answer(
        header=header,
        answer=verdict.answer,
        error=verdict.error,
        text=verdict.text,
        control_id=new_id().hex[-20:].upper(),
        now=now,
    )
    keep_message(
        raw=raw,
        header=header,
        analyzer_id=analyzer.id if analyzer else None,
        specimen_number=number,
        verdict=verdict,
        answer=answer,
        actor=actor,
        now=now,
    )
    return answer


def _judge(
    *, raw: bytes, header: Header, analyzer: AnalyzerView | None, actor: Actor, now: datetime
) -> tuple[Verdict, str]:
    """What becomes of a message, with the specimen's number that it names."""
    number = ""
    try:
        message = parse_message(raw)
        check_header(header)
        analyzer = _known(analyzer, header=header)
        number = next(iter(read_numbers(message)), "")
        groups = read_groups(message)
        return _write_values(groups=groups, analyzer=analyzer, actor=actor, now=now), number
    except MessageRefused as refused:
        is_ours = refused.answer is AckCode.ERROR
        state = MessageState.WAITING if is_ours else MessageState.REFUSED
        return Verdict(
            state=state, answer=refused.answer, error=refused.error, text=refused.text, reason=refused.reason
        ), number


def _known(analyzer: AnalyzerView | None, *, header: Header) -> AnalyzerView:
    if analyzer is None:
        name = f"{header.application}/{header.facility}"[:60]
        raise MessageRefused(
            answer=AckCode.REJECT, error=WireError.UNKNOWN_KEY, text=f"No analyzer sends as {name} here"
        )
    if header.processing_id != analyzer.processing_id:
        raise MessageRefused(
            answer=AckCode.REJECT,
            error=WireError.PROCESSING_ID,
            text=f"Taken from this analyzer: {analyzer.processing_id}, not {header.processing_id[:4] or 'empty'}",
        )
    return analyzer


def _write_values(
    *, groups: Sequence[ObservationGroup], analyzer: AnalyzerView, actor: Actor, now: datetime
) -> Verdict:
    """All values of the message or none: what stands in the way of one makes the whole message wait."""
    try:
        with acting(actor=actor):
            reports = tuple(
                enter_measured_values(
                    specimen_id=find_measured_specimen(numbers=group.numbers, campus_code=analyzer.campus_code),
                    values=[_measured(each, analyzer) for each in group.observations],
                    instrument=analyzer.name.en,
                    method=analyzer.method,
                    actor=actor,
                    now=now,
                )
                for group in groups
            )
    except Refusal as refusal:
        error = _ERRORS.get(type(refusal), WireError.LOCKED)
        return Verdict(
            state=MessageState.WAITING,
            answer=AckCode.ERROR,
            error=error,
            text=f"Kept for the laboratory: {refusal.code}",
            reason=refusal.code,
        )
    return Verdict(state=MessageState.APPLIED, answer=AckCode.ACCEPT, report_ids=reports)


def _measured(observation: Observation, analyzer: AnalyzerView) -> MeasuredValue:
    """The value under the names by which the laboratory may know it: the analyzer's table first, then as sent."""
    pairs = ((observation.code, observation.system), (observation.other_code, observation.other_system))
    loinc = next((code for code, system in pairs if system == _LOINC), "")
    own = [code for code, system in pairs if code and system != _LOINC]
    mapped = [analyzer.codes[code] for code in own if code in analyzer.codes]
    return MeasuredValue(codes=tuple(mapped or own), loinc=loinc, text=observation.text, unit=observation.unit)


def _read_header(raw: bytes) -> Header:
    try:
        return read_header(parse_message(raw))
    except MessageRefused:
        return Header()
