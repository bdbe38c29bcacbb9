"""The pharmacist's desk: review, prepare, check and hand over; stock by batch (N08)."""
