"""Values that every context uses."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class BilingualText:
    """A text of the hospital's content in both languages; `en` is empty while nobody has translated it."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.in_language(get_language() or "en")

    def in_language(self, language: str) -> str:
        """The text in `language` (`zh…` or `en`), the Chinese where English is missing."""
        return self.zh if language.startswith("zh") else (self.en or self.zh)

    @property
    def has_gap(self) -> bool:
        """Whether the English is missing, which a page must show."""
        return not self.en
