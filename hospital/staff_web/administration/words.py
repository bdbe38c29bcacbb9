"""What acts of the audit trail are called. An act without a word shows its code."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ActWord:
    """An act as kind of tag, word and shape."""

    kind: str
    text: str | Promise
    shape: str = ""


ACTS: dict[str, ActWord] = {
    "accounts.sign_in": ActWord("plain", _("Signed in"), "user"),
    "accounts.sign_out": ActWord("plain", _("Signed out"), "out"),
    "accounts.change_password": ActWord("info", _("Password changed"), "key"),
    "accounts.enroll_totp": ActWord("ok", _("Second factor on"), "shield"),
    "accounts.reset_totp": ActWord("warn", _("Second factor taken off"), "shield"),
    "accounts.release_lockout": ActWord("warn", _("Lock released"), "lock"),
    "audit.read": ActWord("plain", _("Audit trail read"), "history"),
    "audit.verify": ActWord("ok", _("Chain verified"), "link"),
    "appointments.booked": ActWord("info", _("Booked"), "cal"),
    "appointments.cancelled": ActWord("warn", _("Booking canceled"), "close"),
    "appointments.held": ActWord("plain", _("Place held"), "clock"),
    "billing.charge": ActWord("info", _("Charged"), "receipt"),
    "billing.execute": ActWord("info", _("Marked as done"), "check"),
    "billing.quote": ActWord("plain", _("Priced"), "receipt"),
    "billing.refund": ActWord("warn", _("Refund asked for"), "undo"),
    "billing.refund_completed": ActWord("ok", _("Refund completed"), "undo"),
    "billing.refund_failed": ActWord("danger", _("Refund refused"), "undo"),
    "billing.release_settlement": ActWord("plain", _("Payment given up"), "close"),
    "billing.reverse_execution": ActWord("warn", _("Execution reversed"), "undo"),
    "billing.settle": ActWord("ok", _("Bill settled"), "receipt"),
    "billing.start_settlement": ActWord("info", _("Payment begun"), "receipt"),
    "billing.void": ActWord("warn", _("Charge voided"), "close"),
    "campuses.add_symptom": ActWord("info", _("Symptom added"), "plus"),
    "campuses.change_symptom": ActWord("info", _("Symptom changed"), "pen"),
    "catalog.change_settings": ActWord("warn", _("Price settings changed"), "pen"),
    "catalog.create": ActWord("info", _("Catalog item added"), "plus"),
    "catalog.publish_price": ActWord("warn", _("Price published"), "pen"),
    "consents.answer_correction": ActWord("ok", _("Correction answered"), "pen"),
    "consents.request_correction": ActWord("info", _("Correction asked for"), "pen"),
    "consents.view_correction": ActWord("plain", _("Correction read"), "eye"),
    "documents.issue": ActWord("info", _("Paper issued"), "doc"),
    "documents.print": ActWord("plain", _("Printed"), "print"),
    "documents.supersede": ActWord("plain", _("Paper replaced"), "doc"),
    "documents.void": ActWord("warn", _("Paper voided"), "doc"),
    "encounters.called": ActWord("info", _("Patient called"), "bell"),
    "encounters.checked_in": ActWord("info", _("Checked in"), "pin"),
    "encounters.consult_started": ActWord("info", _("Consultation begun"), "pen"),
    "encounters.done": ActWord("ok", _("Visit finished"), "check"),
    "encounters.registered": ActWord("info", _("Number taken"), "list"),
    "orders.cancel": ActWord("warn", _("Order canceled"), "close"),
    "orders.execute": ActWord("info", _("Order carried out"), "check"),
    "orders.sign": ActWord("ok", _("Orders signed"), "sign"),
    "patients.accept_claim": ActWord("ok", _("Record linked"), "link"),
    "patients.accept_proof": ActWord("ok", _("Proof accepted"), "check"),
    "patients.add_document": ActWord("info", _("Document added"), "plus"),
    "patients.add_insurance": ActWord("info", _("Insurance card added"), "plus"),
    "patients.change_contact": ActWord("info", _("Contact changed"), "pen"),
    "patients.end_document": ActWord("warn", _("Document taken off"), "close"),
    "patients.end_insurance": ActWord("warn", _("Insurance card taken off"), "close"),
    "patients.open_claim": ActWord("info", _("Record asked for"), "search"),
    "patients.refuse_claim": ActWord("warn", _("Record refused"), "close"),
    "patients.search": ActWord("plain", _("People searched"), "search"),
    "patients.refuse_proof": ActWord("warn", _("Proof refused"), "close"),
    "patients.send_claim_code": ActWord("plain", _("Code sent"), "key"),
    "patients.set_default": ActWord("plain", _("Shown first"), "user"),
    "patients.set_insurance_picture": ActWord("info", _("Insurance card pictured"), "doc"),
    "patients.set_primary_document": ActWord("info", _("Document shown first"), "doc"),
    "patients.submit_proof": ActWord("info", _("Proof sent"), "doc"),
    "patients.try_document": ActWord("warn", _("Document of somebody else tried"), "lock"),
    "patients.unmask_versions": ActWord("warn", _("Names unmasked"), "eye"),
    "patients.verify_claim": ActWord("ok", _("Record linked"), "link"),
    "patients.view_insurance_picture": ActWord("plain", _("Insurance card looked at"), "eye"),
    "patients.view_proof": ActWord("plain", _("Proof looked at"), "eye"),
    "patients.withdraw_claim": ActWord("plain", _("Request withdrawn"), "close"),
    "patients.break_glass": ActWord("danger", _("Break-glass"), "stop"),
    "patients.create": ActWord("info", _("Registered"), "plus"),
    "patients.link": ActWord("info", _("Linked to an account"), "link"),
    "patients.unlink": ActWord("info", _("Unlinked from an account"), "link"),
    "patients.unmask": ActWord("warn", _("Unmasked"), "eye"),
    "patients.view": ActWord("plain", _("Read"), "eye"),
    "patient_api.refused": ActWord("plain", _("Refused"), "lock"),
    "payments.notification": ActWord("plain", _("Acquirer’s notice"), "card"),
    "payments.paid": ActWord("ok", _("Payment settled"), "card"),
    "payments.refund": ActWord("warn", _("Money sent back"), "undo"),
    "payments.start": ActWord("info", _("Payment started"), "card"),
    "publications.add_picture": ActWord("info", _("Picture added"), "plus"),
    "publications.create": ActWord("info", _("Article begun"), "plus"),
    "publications.publish": ActWord("ok", _("Article published"), "up"),
    "publications.save": ActWord("info", _("Article saved"), "pen"),
    "publications.schedule": ActWord("wait", _("Article scheduled"), "clock"),
    "publications.tell": ActWord("info", _("Patients told"), "bell"),
    "publications.withdraw": ActWord("warn", _("Article withdrawn"), "close"),
    "records.amend": ActWord("warn", _("Note amended"), "pen"),
    "records.sign": ActWord("ok", _("Note signed"), "sign"),
    "results.amend": ActWord("warn", _("Result amended"), "pen"),
    "results.amend_exam": ActWord("warn", _("Amendment begun"), "pen"),
    "results.call_critical": ActWord("warn", _("Critical value called"), "phone"),
    "results.collect": ActWord("info", _("Specimen taken"), "flask"),
    "results.drop_amendment": ActWord("plain", _("Amendment given up"), "close"),
    "results.enter": ActWord("info", _("Results entered"), "pen"),
    "results.receive": ActWord("info", _("Specimen received"), "flask"),
    "results.reject": ActWord("warn", _("Specimen rejected"), "close"),
    "results.release": ActWord("ok", _("Report released"), "doc"),
    "results.sign_exam": ActWord("ok", _("Examination report signed"), "sign"),
    "results.verify": ActWord("ok", _("Results verified"), "sign"),
    "results.view": ActWord("plain", _("Report read"), "eye"),
    "staff_web.open": ActWord("plain", _("Page opened"), "lock"),
    "staff_web.refused": ActWord("plain", _("Refused"), "lock"),
}
# Where the row of a subject is kept, for its versions.
TABLES = {
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
    "appointment": _("Booking"),
    "article": _("Article"),
    "audit": _("Audit trail"),
    "catalog_item": _("Catalog item"),
    "charge": _("Charge"),
    "claim": _("Request for a record"),
    "document": _("Paper"),
    "encounter": _("Visit"),
    "note": _("Medical note"),
    "order": _("Order"),
    "order_line": _("Order line"),
    "page": _("Page"),
    "payment_order": _("Payment"),
    "person": _("Patient"),
    "proof": _("Proof"),
    "picture": _("Picture"),
    "quote": _("Quote"),
    "refund_note": _("Refund"),
    "report": _("Report"),
    "settlement": _("Bill"),
    "specimen": _("Specimen"),
    "user": _("Staff account"),
}


def subject_word(*, kind: str) -> str | Promise:
    """What an entry is about, in words; the code itself where it has none."""
    return SUBJECTS.get(kind, kind)


def act_word(*, action: str, was_refused: bool) -> ActWord:
    """The word of an act; a refused one keeps its word and takes the lock."""
    word = ACTS.get(action, ActWord("info", action))
    return ActWord("plain", word.text, "lock") if was_refused else word
