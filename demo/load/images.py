"""Studies for the sandbox's image archive: of what was examined, under the numbers that a device was told."""

import os
from datetime import datetime
from pathlib import Path

from hospital.examinations.api import number_studies
from hospital.examinations.models import ExamRule
from hospital.orders.models import OrderLine
from hospital.patients.models import LocalNumber
from sandbox.archive.service import write_studies
from sandbox.archive.studies import Study
from sandbox.settings import memory_path


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
