"""How far apart two places are, and whether somebody is at a campus. Pure functions; nothing of a place is kept."""

from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Final

from hospital.campuses.types import Site

_EARTH: Final = 6_371_008.8  # meters, the mean radius


class Presence(StrEnum):
    """What a telephone's place says about a campus."""

    WITHIN = "WITHIN"
    AWAY = "AWAY"
    UNSURE = "UNSURE"  # the reading is too rough to tell


def count_meters(*, from_latitude: float, from_longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Meters along the great circle between two places in degrees (the haversine formula)."""
    up, across = radians(to_latitude - from_latitude), radians(to_longitude - from_longitude)
    half = sin(up / 2) ** 2 + cos(radians(from_latitude)) * cos(radians(to_latitude)) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def judge_presence(*, site: Site, latitude: float, longitude: float, accuracy: float) -> tuple[Presence, float]:
    """Whether whoever reads this place with this accuracy (meters around it) is at the campus, and how far it is.

    Somebody counts as there only if they are wherever they may be inside the reading, and as away only if they are not
    wherever they may be.
    """
    meters = count_meters(
        from_latitude=site.latitude, from_longitude=site.longitude, to_latitude=latitude, to_longitude=longitude
    )
    if meters + accuracy <= site.radius:
        return Presence.WITHIN, meters
    return (Presence.AWAY if meters - accuracy > site.radius else Presence.UNSURE), meters
