"""Studies for the sandbox's image archive: of what was examined, under the numbers that a device was told."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from hospital.examinations.api import number_studies
from hospital.examinations.models import ExamRule
from hospital.kernel.actors import Actor
from hospital.orders.api import list_lines
from hospital.orders.models import OrderLine
from hospital.patients.models import LocalNumber
from hospital.results.api import add_key_image
from hospital.workflows.exam_kinds import modality_of
from sandbox.archive.pictures import make_instance, render
from sandbox.archive.service import write_studies
from sandbox.archive.studies import Study, instance_uid, plan_of
from sandbox.settings import memory_path

SHOWN: Final = frozenset({"CT", "MR", "DX", "MG", "US", "ES"})


def load_images(*, now: datetime) -> None:
    """Writes the archive's file beside the sandbox's other ones; nothing where no folder is named."""
    folder = os.environ.get("IMC_DATA_DIR", "")
    if not folder:
        return
    modalities = dict(ExamRule.objects.values_list("item_code", "modality"))
    done = OrderLine.objects.filter(order__kind="EXAM", state="EXECUTED", item_code__in=modalities)
    lines = list(done.select_related("order__encounter", "order__person"))
    numbers = number_studies(line_ids=[line.id for line in lines], now=now)
    mrns = {
        (row.person_id, row.campus_id): row.mrn
        for row in LocalNumber.objects.filter(person__in={line.order.person_id for line in lines})
    }
    write_studies(
        memory_path(Path(folder)).with_name("archive.json"),
        [
            Study(
                study_uid=numbers[line.id].study_uid,
                accession=numbers[line.id].accession,
                patient_id=mrns.get((line.order.person_id, line.order.encounter.campus_id), ""),
                patient_name=f"{line.order.person.family_name}^{line.order.person.given_names}",
                modality=modalities[line.item_code],
                description=line.name_en,
                at=f"{line.executed_at:%Y%m%d%H%M%S}" if line.executed_at else "",
            )
            for line in lines
        ],
    )


def show_image(*, line_id: UUID, report_id: UUID, doctor: Actor, now: datetime) -> None:
    """Puts the middle image of the examination into the draft of its report, as somebody who looked through them."""
    line = list_lines(line_ids=[line_id])[line_id]
    modality = modality_of(item_code=line.item_code, now=now)
    if modality not in SHOWN:
        return
    numbers = number_studies(line_ids=[line_id], now=now)[line_id]
    study = Study(
        study_uid=numbers.study_uid,
        accession=numbers.accession,
        patient_id="",
        patient_name="",
        modality=modality,
        description=line.name.en,
        at="",
    )
    series = plan_of(study)[-1]
    number = series.images // 2 + 1
    add_key_image(
        report_id=report_id,
        instance_uid=instance_uid(study, series, number),
        frame=1,
        window="",
        caption=line.body_part,
        picture=render(make_instance(study, series, number), window=None),
        actor=doctor,
        now=now,
    )
