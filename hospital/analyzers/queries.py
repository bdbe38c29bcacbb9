"""Which analyzer sent something, and what waits at the desk."""

from uuid import UUID

from hospital.analyzers.errors import NotForLaboratory, UnknownMessage
from hospital.analyzers.models import Analyzer, InboundMessage
from hospital.analyzers.states import MessageState
from hospital.analyzers.types import (
    AckCode,
    AnalyzerView,
    Header,
    MessageLine,
    MessageRefused,
    Observation,
    ObservationGroup,
)
from hospital.analyzers.wire.results import check_header, read_groups, read_header, read_observations
from hospital.analyzers.wire.segments import parse_message
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.crypto import decrypt_bytes
from hospital.kernel.types import BilingualText

RAW_PLACE = "analyzers_inboundmessage.raw"
ANSWER_PLACE = "analyzers_inboundmessage.answer"
MOST_LINES = 60


def find_analyzer(*, header: Header) -> AnalyzerView | None:
    """The active analyzer that sends as this application and facility."""
    row = (
        Analyzer.objects.filter(application=header.application, facility=header.facility, is_active=True)
        .prefetch_related("codes")
        .first()
    )
    if row is None or not header.application:
        return None
    return AnalyzerView(
        id=row.id,
        code=row.code,
        name=BilingualText(row.name_zh, row.name_en),
        campus_code=row.campus_id,
        application=row.application,
        facility=row.facility,
        processing_id=row.processing_id,
        method=row.method,
        codes={each.code: each.analyte_code for each in row.codes.all()},
    )


def get_analyzer_of(*, message_id: UUID, actor: Actor) -> AnalyzerView:
    """The analyzer that sent a message. Refuses `UnknownMessage`, `NotForLaboratory`."""
    message = require_message(message_id=message_id, actor=actor)
    found = find_analyzer(header=Header(application=message.application, facility=message.facility))
    if found is None:
        raise UnknownMessage
    return found


def find_answer(*, header: Header, digest: str) -> bytes | None:
    """The answer that this message got when it came before, byte for byte."""
    if not header.control_id:
        return None
    kept = InboundMessage.objects.filter(
        application=header.application, facility=header.facility, control_id=header.control_id, digest=digest
    ).values_list("answer", flat=True)
    answer = kept.first()
    return None if answer is None else decrypt_bytes(bytes(answer), place=ANSWER_PLACE)


def list_waiting_messages(*, campus_code: str, actor: Actor) -> list[MessageLine]:
    """What waits at the desk of a campus's laboratory, the oldest first. Refuses `NotForLaboratory`."""
    _require(actor=actor, campus_code=campus_code)
    rows = InboundMessage.objects.filter(analyzer__campus_id=campus_code, state=MessageState.WAITING)
    return [_line(row) for row in rows.select_related("analyzer").order_by("received_at")[:MOST_LINES]]


def count_waiting_messages(*, campus_code: str, actor: Actor) -> int:
    """How many messages wait. Refuses `NotForLaboratory`."""
    _require(actor=actor, campus_code=campus_code)
    return InboundMessage.objects.filter(analyzer__campus_id=campus_code, state=MessageState.WAITING).count()


def read_message(*, message_id: UUID, actor: Actor) -> tuple[ObservationGroup, ...]:
    """What a kept message says by specimen; nothing where it cannot be read. Refuses `UnknownMessage`,
    `NotForLaboratory`."""
    row = require_message(message_id=message_id, actor=actor)
    return _groups(decrypt_bytes(bytes(row.raw), place=RAW_PLACE))


def require_message(*, message_id: UUID, actor: Actor) -> InboundMessage:
    """The message for the laboratory of its analyzer. Refuses `UnknownMessage`, `NotForLaboratory`."""
    row = InboundMessage.objects.select_related("analyzer").filter(pk=message_id, analyzer__isnull=False).first()
    if row is None or row.analyzer is None:
        raise UnknownMessage
    _require(actor=actor, campus_code=row.analyzer.campus_id)
    return row


def _require(*, actor: Actor, campus_code: str) -> None:
    if actor.kind is not ActorKind.STAFF or campus_code not in actor.campuses_of(Role.LAB_TECHNICIAN):
        raise NotForLaboratory


def _groups(raw: bytes) -> tuple[ObservationGroup, ...]:
    try:
        message = parse_message(raw)
        check_header(read_header(message))
        return read_groups(message)
    except MessageRefused:
        return ()


def _line(row: InboundMessage) -> MessageLine:
    assert row.analyzer is not None
    raw = decrypt_bytes(bytes(row.raw), place=RAW_PLACE)
    is_readable = bool(_groups(raw))
    return MessageLine(
        id=row.id,
        analyzer=BilingualText(row.analyzer.name_zh, row.analyzer.name_en),
        campus_code=row.analyzer.campus_id,
        control_id=row.control_id,
        specimen_number=row.specimen_number,
        received_at=row.received_at,
        state=MessageState(row.state),
        answer=AckCode(row.answer_code),
        text=row.answer_text,
        reason=row.reason,
        observations=_observations(raw),
        is_readable=is_readable,
    )


def _observations(raw: bytes) -> tuple[Observation, ...]:
    """What a person can read of a message, though it may not be taken."""
    try:
        return read_observations(parse_message(raw))
    except MessageRefused:
        return ()
