"""What the adapter makes of an archive's answers, without an archive."""

import httpx
import pytest

from hospital.examinations.ports import ArchivedStudy, ArchiveUnavailable, NoSuchImage, Window
from hospital.integrations.dicomweb import archive
from hospital.integrations.dicomweb.archive import ArchiveConfig, DicomWebArchive

CONFIG = ArchiveConfig(
    url="http://archive.test/dicom-web", user="imc", password="pw", connect_seconds=1, answer_seconds=1
)


@pytest.fixture
def answering(monkeypatch):
    """An archive that answers as the test says; the requests are kept."""
    asked: list[httpx.Request] = []

    def connect(answer):
        def handle(request):
            asked.append(request)
            return answer(request)

        client = httpx.Client(transport=httpx.MockTransport(handle))
        monkeypatch.setattr(archive, "_client", lambda config: client)
        return asked

    return connect


def tag(value):
    return {"vr": "UI", "Value": [value]}


def test_a_study_is_looked_for_by_its_accession_number_where_the_device_made_its_own_identifier(answering):
    def answer(request):
        if "StudyInstanceUID" in request.url.params:
            return httpx.Response(204)
        return httpx.Response(200, json=[{"0020000D": tag("1.2.3"), "00100020": tag("IMC0001")}])

    answering(answer)
    found = DicomWebArchive(CONFIG).find_studies(study_uid="2.25.1", accession="E261125000001")
    assert found == (ArchivedStudy("1.2.3", "IMC0001"),)


def test_series_and_images_come_in_their_order_and_empty_series_not_at_all(answering):
    def answer(request):
        if request.url.path.endswith("/instances"):
            rows = [
                {"0020000E": tag("1.2.3.2"), "00080018": tag(f"1.2.3.2.{number}"), "00200013": tag(number)}
                for number in (10, 9, 2)
            ]
            rows[0]["00280008"] = tag("5")
            return httpx.Response(200, json=rows)
        return httpx.Response(
            200, json=[{"0020000E": tag("1.2.3.9")}, {"0020000E": tag("1.2.3.2"), "00200011": tag(2)}]
        )

    answering(answer)
    (series,) = DicomWebArchive(CONFIG).list_series(study_uid="1.2.3")
    assert series.number == 2
    assert [(image.number, image.frames) for image in series.images] == [(2, 1), (9, 1), (10, 5)]


def test_a_window_is_asked_for_as_the_standard_says(answering):
    asked = answering(lambda request: httpx.Response(200, content=b"jpeg", headers={"content-type": "image/jpeg"}))
    DicomWebArchive(CONFIG).render(
        study_uid="1.2", series_uid="1.2.3", instance_uid="1.2.3.4", frame=1, window=Window(-600, 1500), most=512
    )
    assert asked[0].url.path == "/dicom-web/studies/1.2/series/1.2.3/instances/1.2.3.4/frames/1/rendered"
    assert dict(asked[0].url.params) == {"viewport": "512,512", "window": "-600,1500,linear"}


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"location": "http://elsewhere.test"}),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, json={"a": 1}),
    ],
)
def test_what_cannot_be_read_counts_as_no_answer(answering, answer):
    answering(lambda request: answer)
    with pytest.raises(ArchiveUnavailable):
        DicomWebArchive(CONFIG).find_studies(study_uid="1.2", accession="E1")


def test_an_archive_that_is_silent_counts_as_no_answer(answering):
    def answer(request):
        raise httpx.ReadTimeout("silent")

    answering(answer)
    with pytest.raises(ArchiveUnavailable):
        DicomWebArchive(CONFIG).list_series(study_uid="1.2")


@pytest.mark.parametrize("uid", ["", "../../1", "1.2?x", "1" * 65])
def test_an_identifier_that_is_none_never_reaches_an_address(answering, uid):
    asked = answering(lambda request: httpx.Response(200))
    with pytest.raises(NoSuchImage):
        DicomWebArchive(CONFIG).render(
            study_uid=uid, series_uid="1.2", instance_uid="1.2", frame=1, window=None, most=512
        )
    assert not asked
