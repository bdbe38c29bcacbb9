"""The glossary of the translation desk, three of its terms still without English."""

from datetime import datetime, timedelta
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.rows import read_rows
from hospital.translations.models import GlossaryTerm


def load_translations(*, now: datetime) -> None:
    """The terms, as a translator put them in some weeks ago."""
    translator = UUID(staff_actor("ding.yuwei").id)
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(
            zh=row["zh"],
            en=row["en"],
            also_en=[each for each in row["also_en"].split(";") if each],
            not_en=row["not_en"],
            note=row["note"],
            changed_by_id=translator,
            changed_at=now - timedelta(days=40),
        )
        for row in read_rows("glossary.csv")
    )
