"""A device by a name that its owner recognizes, from what its browser says of itself."""

from django.utils import translation
from django.utils.translation import gettext as _

from hospital.patient_api.schemas import Text

# What a user agent contains, and what people call it; the first that fits wins.
_PLACES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_PROGRAMS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)


def name_device(user_agent: str) -> Text:
    """For example "Chrome on Android" in both languages; "Unknown device" when nothing is recognized."""
    place = _find(user_agent, _PLACES)
    program = _find(user_agent, _PROGRAMS)
    return Text(zh=_name(place, program, "zh-hans"), en=_name(place, program, "en"))


def _find(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in user_agent), "")


def _name(place: str, program: str, language: str) -> str:
    with translation.override(language):
        shown = _("WeChat") if program == "WeChat" else program
        if place and shown:
            if language != "en" and shown.isascii():
                shown = f" {shown}"  # a Latin word stands apart from Chinese
            return _("%(program)s on %(place)s") % {"program": shown, "place": place}
        return place or shown or _("Unknown device")
