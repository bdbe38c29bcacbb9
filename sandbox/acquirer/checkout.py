"""The hosted pages: card form, 3-D Secure challenge, result.

In the real gateway its script `checkout.min.js` sends the browser to `/checkout/pay/{session}`; a merchant that
redirects by itself uses the same address.
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.acquirer.cards import (
    TEST_CARDS,
    TestCard,
    brand_of,
    find_test_card,
    has_valid_check_digit,
    mask_number,
    security_code_length,
)
from sandbox.acquirer.engine import Engine
from sandbox.acquirer.ledger import CardSeen, Challenge, Session, Transaction, read_clock
from sandbox.acquirer.scenario import Outcome, Return
from sandbox.pages import render

_EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*/?\s*(?:20)?(\d{2})")
SEE_OTHER = 303


class Checkout:
    """The payer's side of a session."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ledger = engine.ledger

    def routes(self) -> list[Route]:
        """Routes under /checkout."""
        return [
            Route("/checkout/pay/{session_id}", self.show_form, methods=["GET"]),
            Route("/checkout/pay/{session_id}", self.take_card, methods=["POST"]),
            Route("/checkout/challenge/{session_id}", self.show_challenge, methods=["GET"]),
            Route("/checkout/challenge/{session_id}", self.take_code, methods=["POST"]),
            Route("/checkout/cancel/{session_id}", self.cancel, methods=["POST"]),
            Route("/checkout/done/{session_id}", self.show_result, methods=["GET"]),
        ]

    async def show_form(self, request: Request) -> Response:
        """The card form, or why there is none."""
        session = self._usable(request)
        if isinstance(session, Response):
            return session
        return _form_page(request, session)

    async def take_card(self, request: Request) -> Response:
        """Check the fields, then ask for the 3-D Secure code or pay at once."""
        session = self._usable(request)
        if isinstance(session, Response):
            return session
        form = await request.form()
        errors = _find_errors(form)
        card = find_test_card(_digits(form, "number"))
        if errors or card is None:
            return _form_page(request, session, errors=errors, form=form, status=422)
        scenario = self._ledger.plan(session.order_id, card.scenario)
        seen = _see_card(card, form)
        if scenario.challenge or scenario.outcome is Outcome.AUTHENTICATION_FAILED:
            code = f"{secrets.randbelow(10**6):06d}"
            session.challenge = Challenge(code=code, number=card.number[-4:], card=seen)
            return _go(f"/checkout/challenge/{session.id}")
        return self._continue(request, session, self.pay(session, seen, challenged=False))

    def pay(self, session: Session, card: CardSeen, *, challenged: bool) -> Transaction:
        """Authenticate and pay; whatever the answer, one attempt is used up."""
        session.challenge = None
        session.attempts_left -= 1
        order = self._engine.authenticate(session, card, passed=True, challenged=challenged)
        return self._engine.pay(session, order)

    def pay_without_pages(self, session: Session, card: TestCard) -> Transaction:
        """What a payer would do with this card, for the control interface."""
        scenario = self._ledger.plan(session.order_id, card.scenario)
        seen = _see_card(card, FormData({"expiry": "12/39", "name": "TEST PAYER"}))
        if scenario.outcome is Outcome.AUTHENTICATION_FAILED:
            order = self._engine.authenticate(session, seen, passed=False, challenged=True)
            return order.transactions[-1]
        transaction = self.pay(session, seen, challenged=scenario.challenge)
        session.finished = transaction.result != "FAILURE"
        return transaction

    async def show_challenge(self, request: Request) -> Response:
        """The issuer's question; the sandbox shows the answer."""
        session = self._usable(request)
        if isinstance(session, Response):
            return session
        if session.challenge is None:
            return _go(f"/checkout/pay/{session.id}")
        return render(
            request,
            "challenge.html",
            preferred=session.locale,
            session=session,
            challenge=session.challenge,
            wrong=False,
        )

    async def take_code(self, request: Request) -> Response:
        """The right code pays; three wrong ones, or a refusal, fail the authentication."""
        session = self._usable(request)
        if isinstance(session, Response):
            return session
        challenge = session.challenge
        if challenge is None:
            return _go(f"/checkout/pay/{session.id}")
        form = await request.form()
        outcome = self._ledger.scenario_of(session.order_id).outcome
        if _digits(form, "code") == challenge.code and outcome is not Outcome.AUTHENTICATION_FAILED:
            return self._continue(request, session, self.pay(session, challenge.card, challenged=True))
        challenge.tries_left -= 1
        fails_whatever_is_typed = outcome is Outcome.AUTHENTICATION_FAILED
        if challenge.tries_left > 0 and not fails_whatever_is_typed and "refuse" not in form:
            return render(
                request,
                "challenge.html",
                preferred=session.locale,
                status=422,
                session=session,
                challenge=challenge,
                wrong=True,
            )
        session.challenge = None
        session.attempts_left -= 1
        order = self._engine.authenticate(session, challenge.card, passed=False, challenged=True)
        self._engine.webhooks.notify(order, order.transactions[-1])
        return self._continue(request, session, order.transactions[-1])

    async def cancel(self, request: Request) -> Response:
        """Back to the merchant without paying."""
        session = self._usable(request)
        if isinstance(session, Response):
            return session
        if session.cancel_url:
            return _go(session.cancel_url)
        return _message_page(request, "cancelled", preferred=session.locale)

    async def show_result(self, request: Request) -> Response:
        """The last page of a payer whose window stays open."""
        session = self._ledger.sessions.get(request.path_params["session_id"])
        if session is None or not session.finished:
            return _message_page(request, "unknown", status=404)
        return _message_page(request, "paid_stays", preferred=session.locale)

    def _continue(self, request: Request, session: Session, transaction: Transaction) -> Response:
        failed = transaction.result == "FAILURE"
        if failed and session.attempts_left > 0:
            reason = self._ledger.scenario_of(session.order_id).outcome.value.lower()
            return _form_page(request, session, declined=reason, status=402)
        session.finished = True
        if not failed and self._ledger.scenario_of(session.order_id).returns is Return.STAYS:
            return _go(f"/checkout/done/{session.id}")
        indicator = session.success_indicator if transaction.result == "SUCCESS" else secrets.token_hex(8)
        joint = "&" if "?" in session.return_url else "?"
        query = urlencode({"resultIndicator": indicator, "sessionVersion": session.id[-10:].lower()})
        return _go(f"{session.return_url}{joint}{query}")

    def _usable(self, request: Request) -> Session | Response:
        session = self._ledger.sessions.get(request.path_params["session_id"])
        if session is None:
            return _message_page(request, "unknown", status=404)
        order = self._ledger.orders.get(session.order_id)
        if session.finished or (order and order.captured > 0):
            return _message_page(request, "finished", preferred=session.locale, status=409)
        if session.expires_at <= read_clock():
            return _message_page(request, "session_expired", preferred=session.locale, status=410)
        return session


def _go(url: str) -> RedirectResponse:
    return RedirectResponse(url, status_code=SEE_OTHER)


def _message_page(request: Request, key: str, *, preferred: str = "", status: int = 200) -> Response:
    return render(request, "message.html", preferred=preferred, status=status, key=key)


def _form_page(
    request: Request,
    session: Session,
    *,
    errors: dict[str, str] | None = None,
    declined: str = "",
    form: FormData | None = None,
    status: int = 200,
) -> Response:
    kept = {name: str(form.get(name, "")) if form else "" for name in ("number", "expiry", "name")}
    return render(
        request,
        "pay.html",
        preferred=session.locale,
        status=status,
        session=session,
        cards=[(card, brand_of(card.number)) for card in TEST_CARDS],
        errors=errors or {},
        declined=declined,
        kept=kept,
    )


def _digits(form: FormData, name: str) -> str:
    return re.sub(r"[\s-]", "", str(form.get(name, "")))


def _find_errors(form: FormData) -> dict[str, str]:
    """Field to text key; an unknown number is refused so that nobody types a real card."""
    number = _digits(form, "number")
    errors = {}
    if not has_valid_check_digit(number):
        errors["number"] = "error_number"
    elif find_test_card(number) is None:
        errors["number"] = "error_not_test_card"
    if not _is_future(str(form.get("expiry", "")).strip()):
        errors["expiry"] = "error_expiry"
    code = _digits(form, "code")
    if not code.isdigit() or len(code) != security_code_length(brand_of(number) if number.isdigit() else ""):
        errors["code"] = "error_code"
    if not 2 <= len(str(form.get("name", "")).strip()) <= 60:
        errors["name"] = "error_name"
    return errors


def _is_future(expiry: str) -> bool:
    match = _EXPIRY.fullmatch(expiry)
    today = read_clock()
    return match is not None and (2000 + int(match[2]), int(match[1])) >= (today.year, today.month)


def _see_card(card: TestCard, form: FormData) -> CardSeen:
    match = _EXPIRY.fullmatch(str(form["expiry"]).strip())
    month, year = (match[1], match[2]) if match else ("12", "39")
    return CardSeen(
        brand=brand_of(card.number),
        number=mask_number(card.number),
        funding=card.funding,
        expiry_month=str(int(month)),
        expiry_year=year,
        name=str(form["name"]).strip(),
    )
