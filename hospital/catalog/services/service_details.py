"""The row of a service's facts."""

from uuid import UUID

from hospital.catalog.models import ServiceDetail
from hospital.catalog.types import ServiceFacts


def service_row_of(*, facts: ServiceFacts, item_id: UUID) -> ServiceDetail:
    """An unsaved row."""
    return ServiceDetail(
        item_id=item_id,
        category=facts.category,
        specimen_zh=facts.specimen.zh,
        specimen_en=facts.specimen.en,
        container_zh=facts.container.zh,
        container_en=facts.container.en,
        preparation_zh=facts.preparation.zh,
        preparation_en=facts.preparation.en,
        body_part_zh=facts.body_part.zh,
        body_part_en=facts.body_part.en,
        modality=facts.modality,
    )
