"""The public page behind a patient's link to a report."""
