"""The hand-written rows refer to one another rightly."""

from itertools import pairwise

from demo.load.rosters import REGISTRATION_ITEMS
from demo.load.rows import read_rows
from demo.load.scripts import read_scripts
from hospital.kernel.actors import Role


def codes(name: str, column: str = "code") -> set[str]:
    return {row[column] for row in read_rows(name)}


def test_the_hospital_is_large_enough_to_show():
    assert {row["code"] for row in read_rows("campuses.csv")} == {"IMC", "NORTH", "SOUTH", "HUADU"}
    assert len([row for row in read_rows("departments.csv") if row["kind"] == "CLINICAL"]) >= 20
    clinicians = read_rows("clinicians.csv")
    assert len(clinicians) >= 60
    assert len([row for row in clinicians if row["department"] == "IMC-CARD"]) >= 4
    assert len(read_rows("analytes.csv")) >= 40
    assert len(read_rows("icd10.csv")) >= 300


def test_everything_refers_to_something():
    departments = codes("departments.csv")
    for name in ("rooms.csv", "clinicians.csv", "staff.csv"):
        assert codes(name, "department") <= departments
        assert codes(name, "campus") <= codes("campuses.csv")
    assert codes("panels.csv", "analyte") <= codes("analytes.csv")
    assert codes("analyte_ranges.csv", "analyte") <= codes("analytes.csv")
    assert set(REGISTRATION_ITEMS) <= codes("catalog/charge_items.csv")
    seen = {specialty for row in read_rows("symptoms.csv") for specialty in row["specialties"].split(";")}
    assert seen <= codes("departments.csv", "specialty")


def test_staff_cover_every_role_and_sign_in_once():
    people = [*read_rows("clinicians.csv"), *read_rows("staff.csv")]
    usernames = [row["username"] for row in people]
    assert len(set(usernames)) == len(usernames)
    roles = [row["role"] for row in read_rows("staff.csv")]
    assert set(roles) | {"DOCTOR"} == set(Role)
    assert roles.count("LAB_TECHNICIAN") >= 3
    assert roles.count("PRICE_OFFICER") >= 2


def test_every_laboratory_item_measures_something():
    asked = {row["code"] for row in read_rows("catalog/charge_items.csv") if row["category"] == "LAB"}
    assert asked == codes("panels.csv", "item_code")
    counts = [row for row in read_rows("panels.csv") if row["item_code"] == blood_count()]
    assert len(counts) >= 20
    assert [int(row["position"]) for row in counts] == list(range(1, len(counts) + 1))


def blood_count() -> str:
    return next(
        row["code"]
        for row in read_rows("catalog/charge_items.csv")
        if row["name_en"].startswith("Complete blood count")
    )


def test_ranges_follow_one_another_without_gap_or_overlap():
    spans: dict[tuple[str, str], list[tuple[int, int | None]]] = {}
    for row in read_rows("analyte_ranges.csv"):
        sexes = "MF" if row["sex"] == "ANY" else row["sex"]
        for sex in sexes:
            end = int(row["age_to_days"]) if row["age_to_days"] else None
            spans.setdefault((row["analyte"], sex), []).append((int(row["age_from_days"]), end))
    for key, ages in spans.items():
        ages.sort(key=lambda span: span[0])
        assert ages[-1][1] is None, key
        for (_, end), (start, _) in pairwise(ages):
            assert end == start, key


def test_visits_use_what_exists():
    diagnoses, items = codes("icd10.csv"), codes("catalog/charge_items.csv") | codes("catalog/composites.csv")
    drugs, analytes = codes("catalog/drugs.csv"), codes("analytes.csv")
    scripts = [script for rows in read_scripts().values() for script in rows]
    assert len(scripts) >= 15
    for script in scripts:
        assert set(script.diagnoses) <= diagnoses
        assert {code for code, _ in script.drugs} <= drugs
        assert {*script.tests, *script.exams} <= items
        assert set(script.results) <= analytes
        assert bool(script.purpose.zh) == bool(script.exams)
        for text in (script.complaint, script.findings, script.plan):
            assert text.zh
            assert text.en
            assert text.en.isascii() or "°" in text.en
