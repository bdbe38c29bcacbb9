"""From a doctor's key to the screen of a patient who waits: the call, the notice, the question, the new place.

The time runs from the moment at which the desk sends the call until the patient's app holds what it shows next.
"""

import json
import threading
import time
from collections.abc import Iterable
from queue import Empty, Queue
from statistics import quantiles
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener, urlopen

from bench.load import base_address
from bench.pages import Client, read
from bench.supply import PERSON_ID_SQL, add_people, connect
from demo.logins import DEMO_LOGINS

NEEDS_PRODUCT = True
DOCTOR = "Doctor, Cardiology"
CALLS = 40
LONGEST = 10.0  # seconds until a change counts as not told

_WAITING = f"""
INSERT INTO encounters_encounter (id, number, person_id, campus_id, department_id, clinician_id, visit_type,
    service_line, payer, state, queue_number, queue_on, registered_at, checked_in_at, turn_at, calls, version)
SELECT gen_random_uuid(), 'BENCH-' || n, {PERSON_ID_SQL.format("n")}, department.campus_id, department.id, clinician.id,
    'OP', 'INTL', 'SELF', 'CHECKED_IN', 'Z' || n, (now() AT TIME ZONE 'Asia/Shanghai')::date, now(), now(),
    now() - interval '1 day' + n * interval '1 second', 0, 0
FROM generate_series(1, %(calls)s) n, campuses_clinician clinician
JOIN accounts_user staff ON staff.id = clinician.user_id AND staff.username = %(login)s
JOIN campuses_department department ON department.id = clinician.department_id
"""


def measure() -> dict[str, float | str]:
    """Median and the 95th percentile of the milliseconds, with one patient's app listening."""
    base = base_address()
    add_people()
    _line_up()
    desk = Client(base)
    desk.sign_in(DOCTOR)
    told: Queue[float] = Queue()
    app = _App(base, f"bench-{CALLS}", told)
    app.listen()
    taken = []
    for _ in range(CALLS - 1):
        while not told.empty():
            told.get()
        began = time.perf_counter()
        _call_next(desk)
        try:
            taken.append(1000 * (told.get(timeout=LONGEST) - began))
        except Empty:
            return {"queue_update_ms": "a change was not told"}
        time.sleep(0.05)
    marks = quantiles(taken, n=20)
    return {"queue_update_ms": marks[18], "queue_update_median_ms": marks[9]}


def _line_up() -> None:
    """As many patients as are called, and who is number `CALLS` stands last."""
    login = next(each[2] for each in DEMO_LOGINS if each[1] == DOCTOR)
    with connect() as connection:
        connection.execute(_WAITING, {"login": login, "calls": CALLS})


def _call_next(desk: Client) -> None:
    token = read(desk.get("/staff/account/")).fields["csrfmiddlewaretoken"]
    request = Request(  # noqa: S310 - our own address
        desk.base + "/staff/doctor/call-next/",
        urlencode({"csrfmiddlewaretoken": token}).encode(),
        headers={"Referer": desk.base + "/staff/doctor/"},
    )
    opener = build_opener(HTTPCookieProcessor(desk.cookies), _Stay())
    try:
        opener.open(request, timeout=30).close()
    except HTTPError as answer:
        if answer.code != 302:
            raise


class _Stay(HTTPRedirectHandler):
    """The page after the call is not part of what is measured, and these patients have no record to show."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Follows nothing."""


class _App:
    """What the app of a waiting patient does: listens, asks for the version, reads the page when it changed."""

    def __init__(self, base: str, token: str, told: "Queue[float]") -> None:
        self.base, self.token, self.told = base, token, told
        self.version = ""

    def listen(self) -> None:
        """Opens the stream and keeps reading it beside."""
        address = self._get("/api/live")["watch"]
        if not address:
            raise RuntimeError("no live process")
        self.version = self._get("/api/live")["version"]
        stream = urlopen(address, timeout=60)  # noqa: S310 - our own address
        threading.Thread(target=self._follow, args=(stream,), daemon=True).start()

    def _follow(self, stream: Iterable[bytes]) -> None:
        for line in stream:
            if not line.startswith(b"data:"):
                continue
            version = self._get("/api/live")["version"]
            if version != self.version:
                self.version = version
                self._get("/api/next-step")
                self.told.put(time.perf_counter())

    def _get(self, path: str) -> dict[str, str]:
        request = Request(self.base + path, headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310 - our own address
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own address
            return dict(json.loads(answer.read()))
