"""The process that imaging devices ask for their worklist and tell what they do: DICOM C-ECHO, C-FIND, and N-CREATE and
N-SET of the performed procedure step (docs/decisions/0033).

`python -m config.worklist` listens at IMC_DICOM_HOST and IMC_DICOM_PORT under IMC_DICOM_AE_TITLE. Only devices whose AE
title is written down at the device are answered; each sees what waits for devices of its kind at its campus.
"""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the setup
from django.db import Error, close_old_connections, connection  # noqa: E402 - after the setup
from django.utils import timezone  # noqa: E402 - after the setup
from pydicom.dataset import Dataset  # noqa: E402 - after the setup
from pydicom.uid import generate_uid  # noqa: E402 - after the setup
from pynetdicom import AE, evt  # noqa: E402 - after the setup

# pynetdicom makes the names of its services when it is imported: a checker does not see them.
from pynetdicom.sop_class import (  # type: ignore[attr-defined]  # noqa: E402 - after the setup
    ModalityPerformedProcedureStep,
    ModalityWorklistInformationFind,
    Verification,
)

from hospital.examinations.api import list_ae_titles  # noqa: E402 - after the setup
from hospital.examinations.types import StepAnswer  # noqa: E402 - after the setup
from hospital.integrations.dicom.steps import (  # noqa: E402 - after the setup
    StepNotReadable,
    read_begun,
    read_changed,
)
from hospital.integrations.dicom.worklist import (  # noqa: E402 - after the setup
    QueryNotReadable,
    matches,
    read_query,
    write_item,
)
from hospital.workflows.device_worklist import (  # noqa: E402 - after the setup
    list_worklist,
    trace_stranger,
    trace_worklist,
)
from hospital.workflows.performed_steps import (  # noqa: E402 - after the setup
    begin_performed_step,
    end_performed_step,
    trace_unread_step,
)

MOST_CONNECTIONS = 50
IDLE_SECONDS = 60.0
PENDING, CANCELLED, CANNOT_READ, FAILED = 0xFF00, 0xFE00, 0xA900, 0xC001
# PS3.7 C: done, a value that cannot be, no such step, a step that may not change any more, the same name again.
STEP_STATUS = {
    StepAnswer.OK: 0x0000,
    StepAnswer.UNKNOWN_EXAM: 0x0106,
    StepAnswer.UNKNOWN_STEP: 0x0112,
    StepAnswer.OVER: 0x0110,
    StepAnswer.TAKEN: 0x0111,
}
MISSING_ATTRIBUTE, WRONG_VALUE, NOT_PROCESSED = 0x0120, 0x0106, 0x0110
_REJECTED_BY_USER = (0x01, 0x01)
_UNKNOWN_CALLER, _UNKNOWN_CALLED = 0x03, 0x07
_BUSY = (0x02, 0x03, 0x01)  # for now, by the provider: congestion
log = logging.getLogger(__name__)


def check_caller(event: Any) -> None:
    """Refuses an association under a name that is not known, before anything is asked."""
    asked = event.assoc.requestor.primitive
    caller, called = asked.calling_ae_title.strip(), asked.called_ae_title.strip()
    try:
        close_old_connections()
        known = list_ae_titles()
        if called == settings.DICOM_AE_TITLE and caller in known:
            return
        address = event.assoc.requestor.address
        trace_stranger(ae_title=caller, called=called, address=address, now=timezone.now())
        log.warning("%s at %s was refused: it called %s", caller, address, called)
        reason = _UNKNOWN_CALLER if caller not in known else _UNKNOWN_CALLED
        event.assoc.acse.send_reject(*_REJECTED_BY_USER, reason)
    except Error:
        log.exception("it could not be looked up who calls")
        event.assoc.acse.send_reject(*_BUSY)
    finally:
        connection.close()
    event.assoc.kill()


def answer_query(event: Any) -> Iterator[tuple[int, Dataset | None]]:
    """What waits for the device, one data set an examination."""
    caller = event.assoc.requestor.ae_title.strip()
    now = timezone.now()
    try:
        close_old_connections()
        query = read_query(event.identifier, charset=settings.DICOM_CHARSET)
        work = list_worklist(ae_title=caller, first=query.first, last=query.last, now=now)
        told = [item for item in work if matches(item, query)]
        trace_worklist(ae_title=caller, address=event.assoc.requestor.address, told=told, now=now)
    except QueryNotReadable:
        yield CANNOT_READ, None
        return
    except Error:
        log.exception("the worklist of %s could not be read", caller)
        yield FAILED, None
        return
    finally:
        connection.close()
    for item in told:
        if event.is_cancelled:
            yield CANCELLED, None
            return
        yield PENDING, write_item(item, charset=query.charset)


def begin_step(event: Any) -> tuple[int, Dataset | None]:
    """The device has begun. The answer holds what it said, under the name that the step has."""
    caller, now = event.assoc.requestor.ae_title.strip(), timezone.now()
    try:
        close_old_connections()
        said = event.attribute_list
        begun = read_begun(said)
        step_uid = str(event.request.AffectedSOPInstanceUID or generate_uid())
        answer = begin_performed_step(
            ae_title=caller,
            address=event.assoc.requestor.address,
            step_uid=step_uid,
            accessions=begun.accessions,
            study_uids=begun.study_uids,
            now=now,
        )
    except StepNotReadable as problem:
        trace_unread_step(ae_title=caller, address=event.assoc.requestor.address, now=now)
        return MISSING_ATTRIBUTE if problem.is_missing else WRONG_VALUE, None
    except Error:
        log.exception("the step of %s could not be kept", caller)
        return NOT_PROCESSED, None
    finally:
        connection.close()
    if answer is not StepAnswer.OK:
        return STEP_STATUS[answer], None
    said.SOPClassUID, said.SOPInstanceUID = ModalityPerformedProcedureStep, step_uid
    return STEP_STATUS[answer], said


def change_step(event: Any) -> tuple[int, Dataset | None]:
    """The device has ended, has stopped, or says more of what it does."""
    caller, now = event.assoc.requestor.ae_title.strip(), timezone.now()
    try:
        close_old_connections()
        changed = read_changed(event.modification_list)
        answer = end_performed_step(
            ae_title=caller,
            address=event.assoc.requestor.address,
            step_uid=str(event.request.RequestedSOPInstanceUID),
            state=changed.state,
            reason=changed.reason,
            now=now,
        )
    except StepNotReadable:
        trace_unread_step(ae_title=caller, address=event.assoc.requestor.address, now=now)
        return WRONG_VALUE, None
    except Error:
        log.exception("the step of %s could not be kept", caller)
        return NOT_PROCESSED, None
    finally:
        connection.close()
    return STEP_STATUS[answer], event.modification_list if answer is StepAnswer.OK else None


def start(*, host: str, port: int) -> Any:
    """Begins to listen; the server that it returns is ended with `shutdown()`."""
    entity = AE(ae_title=settings.DICOM_AE_TITLE)
    entity.maximum_associations = MOST_CONNECTIONS
    entity.network_timeout = entity.acse_timeout = entity.dimse_timeout = IDLE_SECONDS
    entity.add_supported_context(Verification)
    entity.add_supported_context(ModalityWorklistInformationFind)
    entity.add_supported_context(ModalityPerformedProcedureStep)
    handlers = [
        (evt.EVT_REQUESTED, check_caller),
        (evt.EVT_C_FIND, answer_query),
        (evt.EVT_N_CREATE, begin_step),
        (evt.EVT_N_SET, change_step),
    ]
    # pynetdicom's type of a handler leaves out those that answer with several data sets.
    return entity.start_server((host, port), block=False, evt_handlers=handlers)  # type: ignore[arg-type]


def listen(*, host: str, port: int) -> None:
    """Listens until the process is asked to stop."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    server = start(host=host, port=port)
    log.info("listening for devices at %s:%s as %s", host, port, settings.DICOM_AE_TITLE)
    stopped.wait()
    server.shutdown()


if __name__ == "__main__":
    listen(host=settings.DICOM_HOST, port=settings.DICOM_PORT)
