"""A first program for the interfaces for partners. It needs Python 3.11 or newer and nothing else.

    python partner_example.py --url http://127.0.0.1:8000 --key KEY --secret=SECRET heartbeat
    python partner_example.py … sessions --campus IMC
    python partner_example.py … register --slot 4711 --passport 533401882 --issuer GBR --born 1988-06-02 \\
        --family Okafor --given Chidi --sex M --nationality NGA
    python partner_example.py … bills --passport 533401882 --issuer GBR --born 1988-06-02
    python partner_example.py … pay --quote=TOKEN --amount 35.00 --transaction 4200001234
    python partner_example.py … request REQUEST_NUMBER
    python partner_example.py … refunds

A secret or a token may begin with a dash: give it after an equals sign.
The class `Hospital` is what to take over: it signs, proves answers, and sends a write again under its number.
"""

import argparse
import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

TRIES = 3


class NoAnswer(Exception):
    """It is not known what was done. Ask later with the request number."""


class Hospital:
    """Signs requests with HMAC-SHA256 and proves the answers."""

    def __init__(self, url: str, key: str, secret: str) -> None:
        self.url, self.key, self.secret = url.rstrip("/"), key, secret.encode()

    def sign(self, *lines: str) -> str:
        """The signature of some lines."""
        return base64.b64encode(hmac.new(self.secret, "\n".join(lines).encode(), hashlib.sha256).digest()).decode()

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """One signed request: the status and the body of its answer. NoAnswer where none can be relied on."""
        path = "/partner/v1" + path
        pairs = sorted((quote(name, safe="-._~"), quote(value, safe="-._~")) for name, value in (query or {}).items())
        listed = "&".join(name + "=" + value for name, value in pairs)
        content = b"" if body is None else json.dumps(body).encode()
        timestamp, nonce = str(int(time.time())), secrets.token_urlsafe(18)
        digest = hashlib.sha256(content).hexdigest()
        signature = self.sign("IMC-PARTNER-1", method, path, listed, timestamp, nonce, digest)
        request = urllib.request.Request(
            self.url + path + ("?" + listed if listed else ""),
            data=content if method == "POST" else None,
            method=method,
            headers={
                "Content-Type": "application/json",
                "X-IMC-Key": self.key,
                "X-IMC-Timestamp": timestamp,
                "X-IMC-Nonce": nonce,
                "X-IMC-Signature": signature,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status, headers, text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            status, headers, text = refused.code, refused.headers, refused.read()
        except OSError as problem:
            raise NoAnswer(str(problem)) from problem
        if status == 401:  # nobody knows the key, so nobody could sign
            sys.exit(text.decode())
        digest = hashlib.sha256(text).hexdigest()
        wanted = self.sign("IMC-PARTNER-1-ANSWER", str(status), nonce, headers["X-IMC-Timestamp"] or "", digest)
        if not hmac.compare_digest(wanted, headers["X-IMC-Signature"] or ""):
            raise NoAnswer("the answer is not signed by the hospital")
        return status, json.loads(text)

    def write(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Does something once. The same number makes it safe to send again; then the hospital is asked."""
        body = {"request_no": time.strftime("%y%m%d%H%M%S-") + secrets.token_hex(6), **body}
        print("request", body["request_no"], file=sys.stderr)
        for _ in range(TRIES):
            try:
                status, answer = self.call("POST", path, body)
            except NoAnswer:
                continue
            if status < 500:
                return status, answer
        status, kept = self.call("GET", "/requests/" + body["request_no"])
        if status != 200:
            raise NoAnswer("ask again in ten minutes: /requests/" + body["request_no"])
        return kept["status"], kept["answer"]

    def pay(self, quote_token: str, amount: str, means: str, transaction_no: str) -> tuple[int, Any]:
        """Tells of money that is in. Whatever is refused with a `refund` has to go back to the payer."""
        paid_at = datetime.now(UTC).isoformat()
        body = {"quote_token": quote_token, "amount": amount, "means": means, "transaction_no": transaction_no}
        return self.write("/payments", {**body, "paid_at": paid_at})


def read_patient(options: argparse.Namespace) -> dict[str, Any]:
    """Who stands at the machine."""
    document = {"type": "PASSPORT", "number": options.passport, "issuer": options.issuer}
    return {"birth_date": options.born, "document": document}


def register(hospital: Hospital, options: argparse.Namespace) -> tuple[int, Any]:
    """Holds a place, then books it."""
    new = {
        "family_name": options.family,
        "given_names": options.given,
        "sex": options.sex,
        "nationality": options.nationality,
    }
    body = {"slot_id": options.slot, "patient": read_patient(options)}
    status, held = hospital.write("/holds", {**body, "new_patient": new} if options.family else body)
    if status != 201:
        return status, held
    return hospital.write("/registrations", {"registration_id": held["registration"]["registration_id"]})


def carry_out(hospital: Hospital, options: argparse.Namespace) -> tuple[int, Any]:
    """What was asked for on the command line."""
    acts: dict[str, Callable[[], tuple[int, Any]]] = {
        "sessions": lambda: hospital.call("GET", "/sessions", query={"campus": options.campus, "days": "7"}),
        "places": lambda: hospital.call("GET", "/sessions/" + options.session + "/places"),
        "register": lambda: register(hospital, options),
        "bills": lambda: hospital.call("POST", "/bills/query", {"patient": read_patient(options)}),
        "pay": lambda: hospital.pay(options.quote, options.amount, "WECHAT", options.transaction),
        "request": lambda: hospital.call("GET", "/requests/" + options.number),
    }
    return acts.get(options.act, lambda: hospital.call("GET", "/" + options.act))()


def main() -> int:
    """One act a call; 0 where the hospital agreed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--secret", required=True)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("heartbeat")
    acts.add_parser("refunds")
    acts.add_parser("request").add_argument("number")
    acts.add_parser("sessions").add_argument("--campus", required=True)
    acts.add_parser("places").add_argument("session")
    for name in ("register", "bills"):
        act = acts.add_parser(name)
        for word in ("passport", "issuer", "born"):
            act.add_argument("--" + word, required=True)
        if name == "register":
            act.add_argument("--slot", type=int, required=True)
            for word in ("family", "given", "sex", "nationality"):
                act.add_argument("--" + word, default="")
    pay = acts.add_parser("pay")
    for word in ("quote", "amount", "transaction"):
        pay.add_argument("--" + word, required=True)
    options = parser.parse_args()
    status, answer = carry_out(Hospital(options.url, options.key, options.secret), options)
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0 if status < 300 else 1


if __name__ == "__main__":
    sys.exit(main())
