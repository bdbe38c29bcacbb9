"""How many slot lists a second go through HTTP, against the same statement given to PostgreSQL by pgbench."""

from bench.load import Request, base_address, drive, run_pgbench
from bench.supply import add_people, add_places
from hospital.scheduling.statements import SLOTS

NEEDS_PRODUCT = True
SESSIONS = 200
SLOTS_A_SESSION = 24


def measure() -> dict[str, float]:
    """The ratio."""
    add_people()
    places = add_places(sessions=SESSIONS, slots=SLOTS_A_SESSION)
    base = base_address()
    requests = [Request("GET", f"/api/sessions/{session}/slots") for session in places.sessions]
    drive(base, requests, seconds=1)  # warms up
    answered = drive(base, requests)
    if answered.refused:
        raise RuntimeError(f"{answered.refused} of {answered.requests} lists were refused")
    session = f"(SELECT session_id FROM scheduling_slot WHERE id = {places.first} + :n)"
    values = {"session_id": session, "now": "now()", "pools": "ARRAY['OPEN', 'APP']"}
    statement = SLOTS
    for name, expression in values.items():
        statement = statement.replace(f"%({name})s", expression)
    by_pgbench = run_pgbench(
        f"\\set n random(0, {places.count - 1})\n{statement.strip()};\n",
        variables={},
    )
    print(f"  {answered.per_second:,.0f} a second by HTTP, {by_pgbench:,.0f} by pgbench")
    return {"slots_list_vs_pgbench": answered.per_second / by_pgbench}
