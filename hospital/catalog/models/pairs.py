"""Every one or two letters of a text, so that short words are found by an index as long ones are by trigrams."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField

LONGEST_PAIR = 2
FUNCTION = "catalog_pairs"


class Pairs(Func):
    """`catalog_pairs(text)`: an array of all substrings of one or two characters (migration 0003)."""

    function = FUNCTION
    output_field = ArrayField(TextField())

    def __init__(self, expression: str | F) -> None:
        super().__init__(F(expression) if isinstance(expression, str) else expression)
