"""Content of the hospital in the language of whom we write to."""

from django.utils.translation import get_language

from hospital.kernel.types import BilingualText
from hospital.publications.api import to_traditional


def in_script(content: BilingualText) -> str:
    """`content` in the active language; its Chinese in Traditional characters for who reads those."""
    text = str(content)
    return to_traditional(text) if get_language() == "zh-hant" else text
