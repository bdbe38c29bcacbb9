"""Putting analytes, ranges and panels in place."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from hospital.results.models import Analyte, PanelItem, ReferenceRange
from hospital.results.types import NewAnalyte

UPDATED = (
    *("name_zh", "name_en", "unit", "decimals", "loinc", "value_type", "choices", "is_sensitive"),
    *("second_unit", "second_factor", "second_offset", "second_decimals"),
    *("delta_percent", "delta_days", "about_zh", "about_en"),
)


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
                    second_unit=item.second.unit if item.second else "",
                    second_factor=item.second.factor if item.second else None,
                    second_offset=item.second.offset if item.second else 0,
                    second_decimals=item.second.decimals if item.second else 0,
                    delta_percent=item.delta_percent,
                    delta_days=item.delta_days,
                    about_zh=item.about.zh,
                    about_en=item.about.en,
                )
                for item in wanted
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=UPDATED,
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
                    specimen=reference.specimen,
                    method=reference.method,
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
