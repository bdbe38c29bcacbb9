"""What the kiosk does for its customer: each act talks to the hospital and leaves the customer at the next page."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from typing import Any

from sandbox.kiosk.client import Answer, HospitalClient, HospitalSilent
from sandbox.kiosk.customers import Customer
from sandbox.kiosk.till import Till

DOCUMENTS = ("PASSPORT", "HM_PERMIT", "TW_PERMIT", "PRC_ID", "FOREIGN_PR", "MRN")
# What each document is issued by where it says so itself.
ISSUERS = {"PRC_ID": "CHN", "HM_PERMIT": "CHN", "TW_PERMIT": "CHN", "FOREIGN_PR": "CHN"}
COUNTRIES = (
    "GBR",
    "USA",
    "FRA",
    "DEU",
    "JPN",
    "KOR",
    "SGP",
    "AUS",
    "CAN",
    "IND",
    "NGA",
    "RUS",
    "HKG",
    "MAC",
    "TWN",
    "CHN",
)
MEANS = ("WECHAT", "ALIPAY")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class Desk:
    """The acts. Each returns the name of the page that follows."""

    def __init__(self, *, hospital: HospitalClient, till: Till) -> None:
        self._hospital = hospital
        self._till = till

    async def identify(self, customer: Customer, form: dict[str, str]) -> str:
        """Who they are: a document or a record number, with the date of birth."""
        customer.form = form
        born = _read_day(form.get("born", ""))
        kind, number = form.get("type", ""), form.get("number", "").strip()
        if born is None or kind not in DOCUMENTS or not number:
            customer.error = "kiosk_who_incomplete"
            return "who"
        customer.patient = {"birth_date": born, **_write_document(kind, number, form.get("issuer", ""))}
        if customer.purpose == "number":
            return await self._look_up_bookings(customer)
        answer = await self._hospital.post("/bills/query", {"patient": customer.patient})
        if answer.code == "unknown_patient" and customer.purpose == "register" and kind != "MRN":
            return "new"
        if answer.code:
            return _refuse(customer, answer, page="who")
        customer.shown, customer.bills = answer.body["patient"], answer.body["bills"]
        return "clinics" if customer.purpose == "register" else "bills"

    async def _look_up_bookings(self, customer: Customer) -> str:
        answer = await self._hospital.post("/bookings/query", {"patient": customer.patient})
        if answer.code:
            return _refuse(customer, answer, page="who")
        customer.shown, customer.bookings = answer.body["patient"], answer.body["bookings"]
        return "bookings"

    async def take_number(self, customer: Customer, registration_id: str) -> str:
        """The number of a booking of today; what is unpaid is paid next, or later."""
        if registration_id not in {row["registration_id"] for row in customer.bookings}:
            return "bookings"
        answer = await self._hospital.write("/numbers", {"registration_id": registration_id})
        if answer.code:
            return _refuse(customer, answer, page="bookings")
        customer.registration = answer.body["registration"]
        customer.result = {"kind": "queued", "queue_number": answer.body["queue_number"]}
        return "result"

    async def check_in(self, customer: Customer, registration_id: str) -> str:
        """They are here: the clinic knows it, and they hear where to wait. The number is taken with it."""
        if registration_id not in {row["registration_id"] for row in customer.bookings}:
            return "bookings"
        answer = await self._hospital.write("/check-ins", {"registration_id": registration_id})
        if answer.code:
            return _refuse(customer, answer, page="bookings")
        customer.registration = answer.body["registration"]
        kept = {name: answer.body[name] for name in ("queue_number", "place", "before")}
        customer.result = {"kind": "waiting", **kept}
        return "result"

    def describe_new(self, customer: Customer, form: dict[str, str]) -> str:
        """The real-name details of somebody who was never here."""
        customer.form = {**customer.form, **form}
        details = {name: form.get(name, "").strip() for name in ("family_name", "given_names", "chinese_name", "phone")}
        details |= {"sex": form.get("sex", ""), "nationality": form.get("nationality", "")}
        has_name = bool(details["family_name"] or details["given_names"] or details["chinese_name"])
        if not has_name or details["sex"] not in {"F", "M", "U"} or details["nationality"] not in COUNTRIES:
            customer.error = "kiosk_new_incomplete"
            return "new"
        customer.new_patient = details
        return "clinics"

    async def hold(self, customer: Customer, slot_id: int) -> str:
        """Keeps a place while they decide; the one that they had before goes back."""
        await self.give_back(customer)
        body: dict[str, Any] = {"slot_id": slot_id, "patient": customer.patient}
        if customer.new_patient:
            body["new_patient"] = customer.new_patient
        answer = await self._hospital.write("/holds", body)
        if answer.code in {"unknown_patient", "patient_unclear"}:
            return _refuse(customer, answer, page="who")
        if answer.code == "incomplete_person":
            return _refuse(customer, answer, page="new")
        if answer.code:
            return _refuse(customer, answer, page="clinics")
        customer.hold, customer.shown = answer.body, answer.body["patient"]
        return "confirm"

    async def register(self, customer: Customer) -> str:
        """Books what is held; its fee is paid next."""
        held = customer.hold["registration"]["registration_id"]
        answer = await self._hospital.write("/registrations", {"registration_id": held})
        if answer.code:
            customer.hold = {}
            return _refuse(customer, answer, page="clinics")
        customer.hold, customer.registration = {}, answer.body["registration"]
        if answer.body["quote"] is None:
            customer.result = {"kind": "registered"}
            return "result"
        return _quote(customer, answer.body["quote"])

    async def give_back(self, customer: Customer) -> None:
        """A place that is only held is free for others at once."""
        held, customer.hold = customer.hold, {}
        if held:
            body = {"registration_id": held["registration"]["registration_id"], "reason": "left the kiosk"}
            try:
                await self._hospital.write("/registrations/cancel", body)
            except HospitalSilent:
                return  # it goes back by itself after fifteen minutes

    async def choose_bill(self, customer: Customer, campus_code: str, lines: set[str]) -> str:
        """One of the open bills, or only some of its lines."""
        bill = next((one for one in customer.bills if one["campus_code"] == campus_code and one["quote"]), None)
        if bill is None:
            return "bills"
        open_lines = [line["id"] for line in bill["quote"]["lines"]]
        chosen = [each for each in open_lines if each in lines]
        if not chosen:
            customer.error = "kiosk_bill_choose"
            return "bills"
        if len(chosen) == len(open_lines):
            return _quote(customer, bill["quote"])
        answer = await self._hospital.post("/bills/quote", {"patient": customer.patient, "lines": chosen})
        if answer.code:
            return _refuse(customer, answer, page="bills")
        return _quote(customer, answer.body)

    def accept_notices(self, customer: Customer, language: str) -> str:
        """They have read the price notices and agree; the hospital is told with the payment."""
        shown = customer.quote.get("price_notices", [])
        customer.accepted = [
            {"service_line": each["service_line"], "hash": each["hash"], "language": "zh" if language == "zh" else "en"}
            for each in shown
        ]
        return "pay"

    def choose_means(self, customer: Customer, means: str) -> str:
        """The wallet whose code they will scan."""
        customer.means = means if means in MEANS else ""
        if len(customer.accepted) < len(customer.quote.get("price_notices", [])):
            return "notice"
        return "code" if customer.means and customer.quote else "pay"

    async def settle_free(self, customer: Customer) -> str:
        """A bill of 0.00: the hospital settles it, and nobody pays."""
        quote, customer.quote = customer.quote, {}
        body = {"quote_token": quote["token"], "accepted_notices": customer.accepted}
        answer = await self._hospital.write("/bills/settle", body)
        if answer.code:
            customer.result = {"kind": "none"}
            return _refuse(customer, answer, page="result")
        customer.result = {"kind": "free", "settlement_no": answer.body["settlement_no"]}
        return "result"

    async def pay(self, customer: Customer) -> str:
        """The code was scanned: the money is here, and the hospital is told. What it refuses goes back at once."""
        quote, customer.quote = customer.quote, {}
        paid = self._till.take(means=customer.means, amount=quote["amount"])
        customer.result = {"kind": "unclear", "amount": paid.amount, "transaction_no": paid.transaction_no}
        body = {
            "quote_token": quote["token"],
            "amount": paid.amount,
            "means": paid.means,
            "transaction_no": paid.transaction_no,
            "paid_at": paid.paid_at.isoformat(),
            "accepted_notices": customer.accepted,
        }
        try:
            answer = await self._hospital.write("/payments", body)
        except HospitalSilent:
            return "result"  # `carry_out_refunds` gives it back should the hospital say so later
        if answer.code:
            customer.refusal = answer.body["text"]
            customer.result["kind"] = "refused"
            with contextlib.suppress(HospitalSilent):  # what is not given back now is given back in a few seconds
                await self.carry_out_refunds()
        else:
            customer.result = {**customer.result, "kind": "paid", "settlement_no": answer.body["settlement_no"]}
        return "result"

    async def carry_out_refunds(self) -> int:
        """Gives back what the hospital wants given back, and says so; how many."""
        owed = await self._hospital.get("/refunds")
        if owed.code:
            return 0
        for refund in owed.body:
            number = self._till.give_back(
                transaction_no=refund["transaction_no"], refund_no=refund["refund_no"], amount=refund["amount"]
            )
            await self._hospital.write("/refunds/done", {"refund_no": refund["refund_no"], "transaction_no": number})
        return len(owed.body)


def _quote(customer: Customer, quote: dict[str, Any]) -> str:
    """What has to be read before paying comes first."""
    customer.quote, customer.accepted = quote, []
    return "notice" if quote["price_notices"] else "pay"


def _refuse(customer: Customer, answer: Answer, *, page: str) -> str:
    customer.refusal = answer.body["text"]
    return page


def _write_document(kind: str, number: str, issuer: str) -> dict[str, Any]:
    if kind == "MRN":
        return {"mrn": number}
    issued_by = issuer if kind == "PASSPORT" else ISSUERS.get(kind, "")
    return {"document": {"type": kind, "number": number, "issuer": issued_by}}


def _read_day(text: str) -> str | None:
    """A day as somebody types it: 19880602 or 1988-06-02."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None
