"""What the entries of the trail are about, and the tables that keep their versions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Where the row of a subject is kept, for its versions.
TABLES = {
    "clinical_document": "clinical_documents_clinicaldocument",
    "translation": "translations_translation",
    "glossary_term": "translations_glossaryterm",
    "claim": "patients_claim",
    "encounter": "encounters_encounter",
    "note": "records_clinicalnote",
    "order": "orders_order",
    "order_line": "orders_orderline",
    "payment_order": "payments_paymentorder",
    "person": "patients_person",
    "proof": "patients_proof",
}


SUBJECTS: dict[str, Promise] = {
    "roster_day": _("Day of the roster"),
    "clinic_session": _("Clinic session"),
    "clinical_document": _("Medical document"),
    "translation": _("Translation"),
    "glossary_term": _("Term of the glossary"),
    "roster_template": _("Weekly session"),
    "account": _("Patient account"),
    "address": _("Address"),
    "analyzer_message": _("Message of an analyzer"),
    "appointment": _("Booking"),
    "article": _("Article"),
    "audit": _("Audit trail"),
    "batch": _("Batch of a drug"),
    "booking_block": _("Pause of booking"),
    "catalog_import": _("Imported table"),
    "catalog_item": _("Catalog item"),
    "charge": _("Charge"),
    "claim": _("Request for a record"),
    "closing": _("Daily settlement"),
    "document": _("Paper"),
    "encounter": _("Visit"),
    "assistance": _("Help asked for"),
    "enquiry": _("Enquiry"),
    "device": _("Device"),
    "examination": _("Examination"),
    "complaint": _("Complaint"),
    "exam_rule": _("Rule of an examination"),
    "report_phrase": _("Report phrase"),
    "exam_booking": _("Booked examination"),
    "exam_report": _("Examination report"),
    "extra_place": _("Extra place"),
    "fiscal_receipt": _("Fiscal receipt"),
    "note": _("Medical note"),
    "notification": _("Notification"),
    "order": _("Order"),
    "order_line": _("Order line"),
    "own_data": _("Own data"),
    "page": _("Page"),
    "partner": _("Partner"),
    "payment_order": _("Payment"),
    "person": _("Patient"),
    "picture": _("Picture"),
    "prescription": _("Prescription"),
    "pricing_settings": _("Price settings"),
    "proof": _("Proof"),
    "quote": _("Quote"),
    "refund_note": _("Refund"),
    "report": _("Report"),
    "treatment": pgettext_lazy("order", "Treatment"),
    "outside_result": _("Result of another hospital"),
    "report_share": _("Link to a report"),
    "search": _("Search"),
    "session": _("Session"),
    "bed_stay": _("Bed reservation"),
    "department": _("Department"),
    "campus": _("Campus"),
    "insurer_contract": _("Insurer contract"),
    "national_claim": _("Claim at the national insurance"),
    "receivable": _("Amount owed by an insurer"),
    "settlement": _("Bill"),
    "specimen": _("Specimen"),
    "surcharge_rule": _("Surcharge rule"),
    "symptom": _("Symptom"),
    "user": _("Staff account"),
    "wait": _("Waitlist"),
}


def subject_word(*, kind: str) -> str | Promise:
    """What an entry is about, in words; the code itself where it has none."""
    return SUBJECTS.get(kind, kind)
