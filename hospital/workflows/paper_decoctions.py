"""A signed decoction on its prescription: the pieces, and what the patient does with them (D52)."""

from collections.abc import Sequence

from hospital.documents.api import PrescribedDecoction, PrescribedPiece
from hospital.kernel.money import ZERO
from hospital.orders.api import HANDLINGS, MAKERS, Formula, Handling, explain_formula, word_formula
from hospital.orders.types import LineView
from hospital.workflows.clinical_words import word_free_text


def paper_decoction(formula: Formula, lines: Sequence[LineView]) -> PrescribedDecoction:
    """The decoction as a prescription prints it."""
    handlings = [line.handling or Handling.USUAL for line in lines]
    return PrescribedDecoction(
        pieces=tuple(
            PrescribedPiece(
                name=line.name,
                grams=line.dose or ZERO,
                handling=None if handling is Handling.USUAL else HANDLINGS[handling],
                remark=word_free_text(line.remark),
            )
            for line, handling in zip(lines, handlings, strict=True)
        ),
        manner=word_formula(formula),
        maker=MAKERS[formula.maker],
        steps=explain_formula(formula=formula, handlings=handlings),
    )
