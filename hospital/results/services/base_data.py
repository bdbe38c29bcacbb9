"""Putting analytes, ranges and panels in place."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from hospital.results.models import Analyte, PanelItem, ReferenceRange
from hospital.results.types import NewAnalyte


def load_analytes(*, analytes: Iterable[NewAnalyte]) -> int:
    """Puts analytes with their ranges in place; one that is there gets the new names and ranges. Returns how many.

    Reports keep the names and ranges that were copied into them.
    """
    wanted = list(analytes)
    with transaction.atomic():
        Analyte.objects.bulk_create(
            [
                Analyte(
                    code=item.code,
                    name_zh=item.name.zh,
                    name_en=item.name.en,
                    unit=item.unit,
                    decimals=item.decimals,
                    loinc=item.loinc,
                    value_type=item.value_type,
                    choices=[
                        {"code": choice.code, "zh": choice.name.zh, "en": choice.name.en} for choice in item.choices
                    ],
                    is_sensitive=item.is_sensitive,
                )
                for item in wanted
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name_zh", "name_en", "unit", "decimals", "loinc", "value_type", "choices", "is_sensitive"],
        )
        ids = dict(Analyte.objects.filter(code__in=[item.code for item in wanted]).values_list("code", "id"))
        ReferenceRange.objects.filter(analyte_id__in=ids.values()).delete()
        ReferenceRange.objects.bulk_create(
            [
                ReferenceRange(
                    analyte_id=ids[item.code],
                    sex=reference.sex,
                    age_from_days=reference.age_from_days,
                    age_to_days=reference.age_to_days,
                    low=reference.low,
                    high=reference.high,
                    critical_low=reference.critical_low,
                    critical_high=reference.critical_high,
                    text_zh=reference.text.zh,
                    text_en=reference.text.en,
                    normal_choices=list(reference.normal_choices),
                )
                for item in wanted
                for reference in item.ranges
            ]
        )
    return len(wanted)


def load_panels(*, panels: Mapping[str, Sequence[str]]) -> int:
    """Sets which analytes each catalog item measures, in order; returns how many items."""
    ids = dict(Analyte.objects.values_list("code", "id"))
    with transaction.atomic():
        PanelItem.objects.filter(item_code__in=panels).delete()
        PanelItem.objects.bulk_create(
            [
                PanelItem(item_code=item_code, analyte_id=ids[code], position=position)
                for item_code, codes in panels.items()
                for position, code in enumerate(codes, start=1)
            ]
        )
    return len(panels)
