"""The front door of examinations."""

from hospital.examinations.devices import (
    KEEPERS,
    get_device,
    list_devices,
    open_device_periods,
    put_in_order,
    put_out_of_order,
)
from hospital.examinations.queries import (
    find_caller,
    get_booking,
    list_ae_titles,
    list_bookings_of_lines,
    list_device_day,
    list_device_work,
    list_free_times,
    list_needs,
    list_placed,
    list_stranded,
    list_to_remind,
)
from hospital.examinations.rules.planner import breaks_rule, list_starts, plan_exams
from hospital.examinations.rules.safety import judge_answers, list_questions
from hospital.examinations.services.booking import (
    book_exams,
    cancel_booking,
    hold_patient,
    mark_reminded,
    move_booking,
)
from hospital.examinations.services.desk import (
    call_exam,
    check_in_exam,
    close_booking,
    mark_no_show,
    put_back_exam,
    start_exam,
)
from hospital.examinations.services.steps import (
    begin_step,
    end_step,
    find_studied_lines,
    list_device_steps,
    list_steps,
)
from hospital.examinations.services.studies import number_studies
from hospital.examinations.setup import OpenHours, change_rule, list_hours, list_rules, set_hours

__all__ = [
    "KEEPERS",
    "OpenHours",
    "begin_step",
    "book_exams",
    "breaks_rule",
    "call_exam",
    "cancel_booking",
    "change_rule",
    "check_in_exam",
    "close_booking",
    "end_step",
    "find_caller",
    "find_studied_lines",
    "get_booking",
    "get_device",
    "hold_patient",
    "judge_answers",
    "list_ae_titles",
    "list_bookings_of_lines",
    "list_device_day",
    "list_device_steps",
    "list_device_work",
    "list_devices",
    "list_free_times",
    "list_hours",
    "list_needs",
    "list_placed",
    "list_questions",
    "list_rules",
    "list_starts",
    "list_steps",
    "list_stranded",
    "list_to_remind",
    "mark_no_show",
    "mark_reminded",
    "move_booking",
    "number_studies",
    "open_device_periods",
    "plan_exams",
    "put_back_exam",
    "put_in_order",
    "put_out_of_order",
    "set_hours",
    "start_exam",
]
