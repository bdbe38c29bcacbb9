"""A telephone with the app in H5: as wide as one, in a language, signed in or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext

from launch.app_pages import Visitor, remember
from tests.journeys.patient import Patient

SIZE: Final = {"width": 390, "height": 844}
LOCALES: Final = {"en": "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}


def visitor_of(patient: Patient) -> Visitor:
    """The session of somebody who is signed in to the API."""
    token = str(patient.http.headers["Authorization"]).removeprefix("Bearer ")
    return Visitor({"token": token, "refreshToken": ""})


@contextmanager
def telephone(
    browser: Browser, base: str, *, visitor: Visitor | None = None, language: str = "", **options: Any
) -> Iterator[BrowserContext]:
    """A window as wide as a telephone on the product at `base`.

    With `language` (of the app: en, zh-Hans, zh-Hant, pseudo) the app knows it, and with `visitor` its session;
    otherwise it is new and goes by what the telephone speaks, English.
    """
    settings: dict[str, Any] = {"viewport": SIZE, "locale": LOCALES.get(language, "en-GB"), "has_touch": True}
    with browser.new_context(base_url=base, reduced_motion="reduce", **(settings | options)) as context:
        if language:
            remember(context, language=language, visitor=visitor or Visitor())
        yield context
