"""Foreign keys are written as text, which import rules do not see: they too only point down."""

from django.apps import apps
from django.db import models

from tests.architecture.layers import context_of, rank_of_contexts


def test_foreign_keys_point_down() -> None:
    ranks = rank_of_contexts()
    upward = []
    for model in apps.get_models(include_auto_created=True):
        source = context_of(model.__module__)
        if not model.__module__.startswith("hospital."):
            continue
        for field in model._meta.get_fields():
            target_model = field.related_model
            if field.auto_created or not isinstance(target_model, type) or not issubclass(target_model, models.Model):
                continue
            target = context_of(target_model.__module__)
            is_ours = target_model.__module__.startswith("hospital.")
            if is_ours and source != target and ranks[target] >= ranks[source]:
                upward.append(f"{model._meta.label}.{field.name} → {target_model._meta.label}")
    assert upward == []
