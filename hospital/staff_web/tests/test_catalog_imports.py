"""Tables at the price office's desk: sent, checked by a job, approved by another, and exported (B40-B44)."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hospital.catalog.api import apply_import, check_import, get_item_sheet
from hospital.catalog.files import read_table
from hospital.catalog.models import CatalogImport, CatalogItem
from hospital.catalog.tests.factories import make_hospital_catalog
from hospital.kernel.actors import Role
from hospital.staff_web.tests.factories import browser, make_member, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B40", "B41", "B42", "B43", "B44")]
DESK = "/staff/catalog/"


@pytest.fixture(autouse=True)
def _catalog() -> None:
    make_hospital_catalog()


@pytest.fixture
def maker():
    return browser(make_member(Role.PRICE_OFFICER))


def send(client, text: str, **facts: str) -> UUID:
    file = SimpleUploadedFile("table.csv", text.encode())
    assert client.post(f"{DESK}imports/", {"file": file, **facts}).status_code == 302
    return CatalogImport.objects.order_by("-made_at")[0].id


def test_a_file_is_sent_by_one_and_taken_in_by_another(maker) -> None:
    import_id = send(maker, "code,price\nCBC,25\n")
    address = f"{DESK}imports/{import_id}/"
    working = maker.get(address, headers={"HX-Request": "true"}).text
    assert "every 1s" in working
    check_import(import_id=import_id, now=timezone.now())
    ready = maker.get(address).text
    assert ("every 1s" in ready, "approves it" in ready) == (False, True)
    assert maker.post(f"{address}approve/").status_code == 403
    checker = browser(make_member(Role.PRICE_OFFICER))
    assert "Approve and take in" in checker.get(address).text
    assert checker.post(f"{address}approve/").status_code == 302
    apply_import(import_id=import_id, now=timezone.now())
    assert "Taken in" in checker.get(address).text
    assert str(get_item_sheet(code="CBC", now=timezone.now()).card.base_u) == "25.0000"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_errors_are_shown_in_both_languages_with_row_and_column(language: str) -> None:
    client = open_desk(Role.PRICE_OFFICER, language=language)
    import_id = send(client, "code,price\nCBC,many\nNEW,1\n")
    check_import(import_id=import_id, now=timezone.now())
    page = client.get(f"{DESK}imports/{import_id}/")
    assert next((fault.row, fault.column) for fault in page.context["card"].faults) == (2, "price")
    assert "Write a number" in page.text
    assert "请填不小于零" in page.text
    assert not CatalogItem.objects.filter(code="NEW").exists()
    assert client.get(f"{DESK}imports/").status_code == 200


def test_a_start_in_the_past_and_no_file_stay_a_form(maker) -> None:
    file = SimpleUploadedFile("table.csv", b"code\nCBC\n")
    assert maker.post(f"{DESK}imports/", {"file": file, "valid_from": "2020-01-01"}).status_code == 422
    assert maker.post(f"{DESK}imports/", {}).status_code == 422
    assert not CatalogImport.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export(maker, form: str) -> None:
    answer = maker.get(f"{DESK}export/catalog.{form}?kind=DRUG")
    assert "attachment" in answer["Content-Disposition"]
    heading, row = list(read_table(answer.content))
    assert (heading[0], row[0], row[-1]) == ("code", "AML", "12.96")
    assert open_desk(Role.CASHIER).get(f"{DESK}export/catalog.{form}").status_code == 403
