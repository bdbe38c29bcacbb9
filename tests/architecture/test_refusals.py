"""Every refusal has a stable code of its own and a text in both languages."""

import importlib.util

import pytest
from django.apps import apps
from django.utils import translation

from hospital.kernel.errors import Refusal


def _all_refusals() -> list[type[Refusal]]:
    for app in apps.get_app_configs():
        if app.name.startswith("hospital."):
            for module in ("errors", "transitions"):
                if importlib.util.find_spec(f"{app.name}.{module}"):
                    importlib.import_module(f"{app.name}.{module}")
    found: list[type[Refusal]] = []
    open_classes = [Refusal]
    while open_classes:
        for refusal in open_classes.pop().__subclasses__():
            if refusal.__module__.startswith("hospital.") and ".tests." not in refusal.__module__:
                found.append(refusal)
            open_classes.append(refusal)
    return sorted(found, key=lambda refusal: (refusal.__module__, refusal.__name__))


REFUSALS = _all_refusals()


def _is_abstract(refusal: type[Refusal]) -> bool:
    """A base of several refusals, never raised itself: it states no text."""
    return not str(refusal.text)


def test_there_are_refusals() -> None:
    assert len(REFUSALS) > 60


@pytest.mark.requirement("N20")
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{refusal.__module__}.{refusal.__name__}")
def test_a_refusal_speaks_both_languages(refusal: type[Refusal]) -> None:
    if _is_abstract(refusal):
        assert refusal.__subclasses__()
        return
    with translation.override("en"):
        english = str(refusal.text)
    with translation.override("zh-hans"):
        chinese = str(refusal.text)
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese), english
    assert not any("\u4e00" <= character <= "\u9fff" for character in english)
    assert refusal.code == refusal.code.lower() != "refused"
    assert 400 <= refusal.status < 500 or refusal.status in {502, 503}


def test_a_code_means_one_thing() -> None:
    texts: dict[str, set[str]] = {}
    for refusal in REFUSALS:
        if not _is_abstract(refusal):
            texts.setdefault(refusal.code, set()).add(str(refusal.text))
    assert not {code: several for code, several in texts.items() if len(several) > 1}
