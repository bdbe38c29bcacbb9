"""Check digits of identity numbers."""

from typing import Final

# GB 11643: weights of the first seventeen places; the check character is the remainder's place in the string.
_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS: Final = "10X98765432"

_MRZ_WEIGHTS: Final = (7, 3, 1)
_MRZ_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MRZ_VALUES: Final = {letter: value for value, letter in enumerate(_MRZ_LETTERS)} | {"<": 0}


def resident_check(first_seventeen: str) -> str:
    """The eighteenth character of a mainland resident number (GB 11643; domain brief 8), `0`–`9` or `X`.

    Holds for the resident ID card, the residence permit for Hong Kong, Macau and Taiwan residents, and the foreign
    permanent resident ID card of 2023. `first_seventeen` are seventeen ASCII digits.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def hkid_check(prefix: str, digits: str) -> str:
    """The character in brackets of a Hong Kong identity card, `0`–`9` or `A` (domain brief 8).

    `prefix` is one or two letters A–Z, `digits` are six. An absent first letter counts 36.
    """
    letters = [36] * (2 - len(prefix)) + [_MRZ_VALUES[letter] for letter in prefix]
    values = letters + [int(digit) for digit in digits]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return "A" if check == 10 else str(check)


def mrz_check(field: str) -> str:
    """The check digit of a field of a machine-readable zone (ICAO Doc 9303-3, 4.9); `<` counts 0.

    Raises `ValueError` for a character no such zone may hold.
    """
    try:
        values = [_MRZ_VALUES[character] for character in field]
    except KeyError as error:
        raise ValueError(error.args[0]) from error
    return str(sum(value * _MRZ_WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)
