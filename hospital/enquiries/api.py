"""The front door of help and feedback."""

from hospital.enquiries.queries import (
    get_desk_enquiry,
    get_my_enquiry,
    list_desk_enquiries,
    list_my_enquiries,
    read_picture,
)
from hospital.enquiries.services import (
    add_picture,
    answer_enquiry,
    close_enquiry,
    open_enquiry,
    rate_enquiry,
    take_enquiry,
    write_again,
)

__all__ = [
    "add_picture",
    "answer_enquiry",
    "close_enquiry",
    "get_desk_enquiry",
    "get_my_enquiry",
    "list_desk_enquiries",
    "list_my_enquiries",
    "open_enquiry",
    "rate_enquiry",
    "read_picture",
    "take_enquiry",
    "write_again",
]
