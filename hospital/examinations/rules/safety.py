"""Which answers let an examination be booked without staff."""

from collections.abc import Mapping
from datetime import date

from hospital.examinations.types import ExamNeeds, ExamQuestion, WhyNot

_YOUNGEST, _OLDEST = 11, 56  # years in which a pregnancy is asked about


def list_questions(needs: ExamNeeds, *, sex: str, born_on: date, today: date) -> frozenset[ExamQuestion]:
    """What is asked of this patient: nobody but women between 11 and 55 about a pregnancy."""
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if sex == "M" or not _YOUNGEST <= age < _OLDEST:
        return needs.questions - {ExamQuestion.PREGNANT}
    return needs.questions


def judge_answers(questions: frozenset[ExamQuestion], answers: Mapping[ExamQuestion, bool]) -> WhyNot | None:
    """NOT_ANSWERED where one is missing, ASK_DESK where one asks for a person; None where all is well."""
    if questions - answers.keys():
        return WhyNot.NOT_ANSWERED
    is_in_doubt = any(answers[question] is not (question is ExamQuestion.ESCORT) for question in questions)
    return WhyNot.ASK_DESK if is_in_doubt else None
