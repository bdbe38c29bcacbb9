"""In which language the label on a box is printed: the patient's (N08)."""

from types import SimpleNamespace
from typing import cast

import pytest

from hospital.patients.types import PersonCard
from hospital.workflows.print_labels import label_language


@pytest.mark.requirement("N08")
@pytest.mark.parametrize(
    ("languages", "printed"),
    [
        (("zh",), "zh"),
        (("yue", "zh"), "zh"),
        (("en",), "en"),
        (("fr", "ar"), "en"),
        ((), "en"),
        (("de", "en", "zh"), "both"),  # speaks Mandarin too, and may not read it
        (("yue", "zh", "en"), "both"),
    ],
)
def test_a_label_is_never_in_a_language_that_the_patient_may_not_read(languages, printed):
    person = cast(PersonCard, SimpleNamespace(languages=languages))
    assert label_language(person).value == printed
