"""The adapter of the image archive against the sandbox's, over DICOMweb (R57, N18)."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from pydicom import dcmread

from hospital.examinations.ports import ArchiveUnavailable, Window
from hospital.integrations.dicomweb.archive import ArchiveConfig, DicomWebArchive
from sandbox.archive.pictures import make_instance
from sandbox.archive.studies import Study, plan_of
from sandbox.process import SandboxClient

pytestmark = pytest.mark.requirement("R57", "N18")
PLUGIN = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
STUDY = {
    "study_uid": "2.25.329800735698586629295641978511506172918",
    "accession": "E261125000042",
    "patient_id": "IMC0000042",
    "patient_name": "CHAN^TAI MAN=陈^大文",
    "modality": "CT",
    "description": "CT chest",
    "at": "20261125103000",
}


@pytest.fixture
def archive(sandbox: SandboxClient) -> DicomWebArchive:
    url = sandbox.address.url
    httpx.post(f"{url}/_control/archive/studies", json=STUDY).raise_for_status()
    return DicomWebArchive(
        ArchiveConfig(
            url=f"{url}/dicom-web",
            user="imc",
            password="sandbox-archive-password",
            connect_seconds=2,
            answer_seconds=5,
        )
    )


def test_images_are_listed_and_rendered(archive: DicomWebArchive) -> None:
    (study,) = archive.find_studies(study_uid="2.25.1", accession=STUDY["accession"])
    assert (study.study_uid, study.patient_id) == (STUDY["study_uid"], STUDY["patient_id"])
    scout, axial = archive.list_series(study_uid=study.study_uid)
    assert (scout.number, len(scout.images), len(axial.images)) == (1, 1, 24)
    place: dict[str, Any] = {
        "study_uid": study.study_uid,
        "series_uid": axial.series_uid,
        "instance_uid": axial.images[11].instance_uid,
        "frame": 1,
    }
    soft = archive.render(**place, window=None, most=128)
    lung = archive.render(**place, window=Window(-600, 1500), most=128)
    assert Image.open(io.BytesIO(soft)).size == (128, 128)
    # In the lung's window its air is gray, in the other one black.
    assert Image.open(io.BytesIO(soft)).convert("L").getpixel((40, 64)) < 20
    assert Image.open(io.BytesIO(lung)).convert("L").getpixel((40, 64)) > 50


def test_an_image_is_a_dicom_file_with_the_name_in_both_scripts(archive: DicomWebArchive) -> None:
    config = archive._config
    uid = STUDY["study_uid"]
    answer = httpx.get(
        f"{config.url}/studies/{uid}/series/{uid}.2/instances/{uid}.2.3", auth=(config.user, config.password)
    )
    file = answer.content.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--part--", 1)[0]
    found = dcmread(io.BytesIO(file))
    assert str(found.PatientName) == STUDY["patient_name"]
    assert len(found.PixelData) == found.Rows * found.Columns * 2


def test_a_stranger_and_an_archive_that_is_off_are_told_apart_from_nothing_found(archive: DicomWebArchive) -> None:
    config = archive._config
    assert httpx.get(f"{config.url}/studies").status_code == 401
    assert archive.find_studies(study_uid="2.25.1", accession="none") == ()
    power = config.url.replace("/dicom-web", "/_control/archive/power")
    httpx.put(power, json={"is_on": False}).raise_for_status()
    with pytest.raises(ArchiveUnavailable):
        archive.find_studies(study_uid=STUDY["study_uid"], accession=STUDY["accession"])


@pytest.fixture
def orthanc(tmp_path: Path) -> Iterator[str]:
    """Debian's Orthanc with its DICOMweb plugin, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "HttpPort": port,
        "DicomServerEnabled": False,
        "StorageDirectory": str(tmp_path),
        "IndexDirectory": str(tmp_path),
        "Plugins": [str(PLUGIN)],
        "AuthenticationEnabled": True,
        "RegisteredUsers": {"imc": "pw"},
        "DicomWeb": {"Enable": True},
    }
    (tmp_path / "orthanc.json").write_text(json.dumps(settings))
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(["Orthanc", str(tmp_path / "orthanc.json")], stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                httpx.get(f"{url}/system", auth=("imc", "pw")).raise_for_status()
                break
            except httpx.HTTPError:
                assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.mark.skipif(not PLUGIN.exists(), reason="needs Debian's packages orthanc and orthanc-dicomweb")
def test_a_real_archive_is_understood(orthanc: str) -> None:
    study = Study(**STUDY)
    axial = plan_of(study)[1]
    for number in (12, 3):
        file = io.BytesIO()
        make_instance(study, axial, number).save_as(file, enforce_file_format=True)
        httpx.post(f"{orthanc}/instances", content=file.getvalue(), auth=("imc", "pw")).raise_for_status()
    archive = DicomWebArchive(
        ArchiveConfig(url=f"{orthanc}/dicom-web", user="imc", password="pw", connect_seconds=2, answer_seconds=10)
    )
    for study_uid, accession in ((study.study_uid, "none"), ("2.25.1", study.accession)):
        (found,) = archive.find_studies(study_uid=study_uid, accession=accession)
        assert (found.study_uid, found.patient_id) == (study.study_uid, study.patient_id)
    (series,) = archive.list_series(study_uid=study.study_uid)
    assert [image.number for image in series.images] == [3, 12]
    assert (series.modality, series.description) == ("CT", "Axial 5 mm")
    picture = archive.render(
        study_uid=study.study_uid,
        series_uid=series.series_uid,
        instance_uid=series.images[1].instance_uid,
        frame=1,
        window=Window(-600, 1500),
        most=128,
    )
    assert Image.open(io.BytesIO(picture)).size == (128, 128)
    assert archive.find_studies(study_uid="2.25.9", accession="none") == ()
