"""The kiosk's touch pages. Every act ends in a redirect, so that a second touch does nothing twice."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.kiosk.client import HospitalClient, HospitalSilent
from sandbox.kiosk.customers import COOKIE, Customer, Customers
from sandbox.kiosk.desk import COUNTRIES, DOCUMENTS, MEANS, Desk
from sandbox.kiosk.till import Till
from sandbox.pages import choose_language, local_clock, render
from sandbox.settings import SandboxSettings

BASE = "/kiosk"
DAYS = 7
REFUND_SECONDS = 15.0
SHOWS = ("who", "new", "clinics", "places", "confirm", "bookings", "bills", "notice", "pay", "code", "result")
PURPOSES = ("register", "number", "pay")
# Where they are sent when the hospital does not answer.
STARTS = {"register": "clinics", "number": "bookings", "pay": "bills"}


class Kiosk:
    """Three large buttons: register, check in (with the number), pay."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        self._hospital = HospitalClient(
            url=settings.hospital_url, key_id=settings.kiosk_key_id, secret=settings.kiosk_secret
        )
        self._desk = Desk(hospital=self._hospital, till=Till())
        self._customers = Customers()

    def routes(self) -> list[Route]:
        """Routes of the kiosk."""
        acts: dict[str, Callable[[Customer, dict[str, str]], Awaitable[str]]] = {
            "who": self._desk.identify,
            "new": self._describe_new,
            "hold": self._hold,
            "register": lambda customer, form: self._desk.register(customer),
            "bill": self._choose_bill,
            "number": self._take_number,
            "check-in": self._check_in,
            "free": self._settle_free,
            "notice": self._accept_notices,
            "means": self._choose_means,
            "scanned": self._scanned,
        }
        return [
            Route(f"{BASE}/", self.show_home),
            Route(BASE, lambda request: RedirectResponse(f"{BASE}/")),
            Route(f"{BASE}/begin", self.begin, methods=["POST"]),
            Route(f"{BASE}/leave", self.leave, methods=["GET", "POST"]),
            Route("/_control/kiosk/refunds", self.carry_out, methods=["POST"]),
            *(Route(f"{BASE}/{name}", self._shower(name), methods=["GET"]) for name in SHOWS),
            *(Route(f"{BASE}/act/{name}", self._actor(act), methods=["POST"]) for name, act in acts.items()),
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While the sandbox runs, refunds that the hospital wants are carried out every few seconds."""
        watch = asyncio.create_task(self._watch_refunds())
        try:
            yield
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
            await self._hospital.close()

    async def _watch_refunds(self) -> None:
        while self._hospital.has_key:
            await asyncio.sleep(REFUND_SECONDS)
            with contextlib.suppress(HospitalSilent):
                await self._desk.carry_out_refunds()

    async def carry_out(self, request: Request) -> Response:
        """For tests: the refunds at once."""
        return json_response({"refunds": await self._desk.carry_out_refunds()})

    async def show_home(self, request: Request) -> Response:
        """The beginning; whether the hospital can be reached."""
        is_open = False
        if self._hospital.has_key:
            with contextlib.suppress(HospitalSilent):
                is_open = (await self._hospital.get("/heartbeat")).status == 200
        return self._render(request, "home", None, is_open=is_open)

    async def begin(self, request: Request) -> Response:
        """Somebody touched one of the large buttons."""
        form = await _read_form(request)
        purpose = form.get("purpose", "")
        customer = self._customers.begin(purpose if purpose in PURPOSES else PURPOSES[0])
        response = _go("who")
        response.set_cookie(COOKIE, customer.id, httponly=True, samesite="strict", path=BASE)
        return response

    async def leave(self, request: Request) -> Response:
        """They left, or nobody touched the screen any more: a place on hold goes back, everything told is forgotten."""
        customer = self._customers.end(request.cookies.get(COOKIE, ""))
        if customer is not None:
            await self._desk.give_back(customer)
        response = _go("")
        response.delete_cookie(COOKIE, path=BASE)
        return response

    def _shower(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def show(request: Request) -> Response:
            customer = self._find(request)
            if customer is None:
                return _go("")
            facts: dict[str, Any] = {}
            if name in {"clinics", "places"}:
                try:
                    facts = await self._read_places(request, customer, name)
                except HospitalSilent:
                    customer.error = "kiosk_silent"
                    facts = {"days": [], "sessions": [], "places": [], "session": None, "day": ""}
            return self._render(request, name, customer, **facts)

        return show

    def _actor(
        self, act: Callable[[Customer, dict[str, str]], Awaitable[str]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def carry_out(request: Request) -> Response:
            customer = self._find(request)
            if customer is None:
                return _go("")
            try:
                return _go(await act(customer, await _read_form(request)))
            except HospitalSilent:
                customer.error = "kiosk_silent"
                return _go(STARTS[customer.purpose] if customer.shown else "who")

        return carry_out

    def _find(self, request: Request) -> Customer | None:
        return self._customers.find(request.cookies.get(COOKIE, ""))

    def _render(self, request: Request, name: str, customer: Customer | None, **facts: Any) -> Response:
        language = choose_language(request)
        error, words = customer.take_notice(language) if customer else ("", "")
        return render(
            request,
            f"kiosk/{name}.html",
            page=name,
            customer=customer,
            error=error,
            words=words,
            documents=DOCUMENTS,
            countries=COUNTRIES,
            all_means=MEANS,
            make_code=_make_code,
            instant=_read_instant,
            **facts,
        )

    async def _read_places(self, request: Request, customer: Customer, name: str) -> dict[str, Any]:
        heartbeat = await self._hospital.get("/heartbeat")
        if heartbeat.code:
            raise HospitalSilent
        campus = self._settings.kiosk_campus or heartbeat.body["campuses"][0]["code"]
        today = local_clock(datetime.now(UTC)).date()
        days = [today + timedelta(days=step) for step in range(DAYS)]
        asked = request.query_params.get("day", "") or customer.form.get("day", "")
        found = await self._hospital.get("/sessions", campus=campus, day=today.isoformat(), days=str(DAYS))
        sessions = [] if found.code else [row for row in found.body if row["free"] > 0]
        open_days = {row["day"] for row in sessions}
        day = asked if asked in open_days else min(open_days, default=today.isoformat())
        customer.form["day"] = day
        facts: dict[str, Any] = {
            "days": [(each, each.isoformat() in open_days) for each in days],
            "day": day,
            "sessions": [row for row in sessions if row["day"] == day],
        }
        if name == "places":
            wanted = request.query_params.get("session", "") or customer.session_id
            customer.session_id = wanted
            facts["session"] = next((row for row in sessions if row["id"] == wanted), None)
            places = await self._hospital.get(f"/sessions/{wanted}/places") if facts["session"] else None
            facts["places"] = places.body if places and not places.code else []
        return facts

    async def _describe_new(self, customer: Customer, form: dict[str, str]) -> str:
        return self._desk.describe_new(customer, form)

    async def _hold(self, customer: Customer, form: dict[str, str]) -> str:
        slot = form.get("slot", "")
        return await self._desk.hold(customer, int(slot)) if slot.isdigit() else "clinics"

    async def _choose_bill(self, customer: Customer, form: dict[str, str]) -> str:
        lines = {name.removeprefix("line:") for name in form if name.startswith("line:")}
        return await self._desk.choose_bill(customer, form.get("campus", ""), lines)

    async def _take_number(self, customer: Customer, form: dict[str, str]) -> str:
        return await self._desk.take_number(customer, form.get("registration", ""))

    async def _check_in(self, customer: Customer, form: dict[str, str]) -> str:
        return await self._desk.check_in(customer, form.get("registration", ""))

    async def _settle_free(self, customer: Customer, form: dict[str, str]) -> str:
        return await self._desk.settle_free(customer) if customer.quote else "result"

    async def _accept_notices(self, customer: Customer, form: dict[str, str]) -> str:
        return self._desk.accept_notices(customer, form.get("language", ""))

    async def _choose_means(self, customer: Customer, form: dict[str, str]) -> str:
        return self._desk.choose_means(customer, form.get("means", ""))

    async def _scanned(self, customer: Customer, form: dict[str, str]) -> str:
        return await self._desk.pay(customer) if customer.quote else "result"


def _go(page: str) -> RedirectResponse:
    return RedirectResponse(f"{BASE}/{page}", status_code=303)


async def _read_form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", errors="replace")
    return {name: value[:200] for name, value in parse_qsl(body)}


def _make_code(text: str) -> str:
    """A QR code as the text of an SVG."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(
        buffer, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, dark="#131817"
    )
    return buffer.getvalue().decode()


def _read_instant(text: str) -> datetime:
    return local_clock(datetime.fromisoformat(text))
