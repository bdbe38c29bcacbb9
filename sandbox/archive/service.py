"""The archive over HTTP: QIDO-RS to search, WADO-RS for files and rendered frames (DICOM PS3.18), Basic sign-in."""

from __future__ import annotations

import base64
import hmac
import io
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.archive.pictures import find_series, make_instance, render
from sandbox.archive.studies import SeriesPlan, Study, instance_uid, plan_of, series_uid
from sandbox.keeping import KeptRows
from sandbox.settings import SandboxSettings

PREFIX = "/dicom-web"
_JSON = "application/dicom+json"


class ArchiveService:
    """Routes under /dicom-web. `is_down`: answers nothing useful, as an archive that is being mended."""

    def __init__(self, settings: SandboxSettings) -> None:
        path = settings.memory_path.with_name("archive.json") if settings.memory_path else None
        self.studies = KeptRows(path=path, kind=Study)
        self.is_down = False
        self._login = base64.b64encode(f"{settings.archive_user}:{settings.archive_password}".encode()).decode()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Studies are kept while the block runs."""
        async with self.studies.kept():
            yield

    def clear(self) -> None:
        """Works again; what was archived stays, as nobody could make it anew."""
        self.is_down = False

    def routes(self) -> list[Route]:
        """DICOMweb, and the controls for tests."""
        one = f"{PREFIX}/studies/{{study}}"
        image = f"{one}/series/{{series}}/instances/{{instance}}"
        return [
            Route(f"{PREFIX}/studies", self._guarded(self.search)),
            Route(f"{one}/series", self._guarded(self.list_series)),
            Route(f"{one}/instances", self._guarded(self.list_instances)),
            Route(image, self._guarded(self.retrieve)),
            Route(f"{image}/frames/{{frame:int}}/rendered", self._guarded(self.render)),
            Route("/_control/archive/studies", self.add, methods=["POST"]),
            Route("/_control/archive/power", self.switch, methods=["PUT"]),
        ]

    def _guarded(self, answer: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def guard(request: Request) -> Response:
            kind, _, login = request.headers.get("authorization", "").partition(" ")
            if kind.lower() != "basic" or not hmac.compare_digest(login, self._login):
                return Response(status_code=401, headers={"www-authenticate": "Basic"})
            if self.is_down:
                return Response(status_code=503)
            return await run_in_threadpool(answer, request)

        return guard

    async def add(self, request: Request) -> Response:
        """A device has sent a study."""
        study = Study(**await request.json())
        self.studies.rows[study.study_uid] = study
        self.studies.changed.set()
        return JSONResponse({"study_uid": study.study_uid}, status_code=201)

    async def switch(self, request: Request) -> Response:
        """`{"is_on": false}`: every call is answered 503."""
        self.is_down = not (await request.json())["is_on"]
        return JSONResponse({"is_on": not self.is_down})

    def search(self, request: Request) -> Response:
        """Studies by StudyInstanceUID, AccessionNumber and PatientID."""
        asked = request.query_params
        found = [
            study
            for study in self.studies.rows.values()
            if asked.get("StudyInstanceUID") in {None, study.study_uid}
            and asked.get("AccessionNumber") in {None, study.accession}
            and asked.get("PatientID") in {None, study.patient_id}
        ]
        return _answer([_study_tags(study) for study in found])

    def list_series(self, request: Request) -> Response:
        """The series of a study."""
        study = self._study(request)
        return _answer([_series_tags(study, each) for each in plan_of(study)] if study else [])

    def list_instances(self, request: Request) -> Response:
        """All images of a study."""
        study = self._study(request)
        return _answer(list(_instances(study)) if study else [])

    def retrieve(self, request: Request) -> Response:
        """One image as a DICOM file in a multipart answer."""
        found = self._find(request)
        if found is None:
            return Response(status_code=404)
        file = io.BytesIO()
        make_instance(*found).save_as(file, enforce_file_format=True)
        head = b"--part\r\nContent-Type: application/dicom\r\n\r\n"
        kind = 'multipart/related; type="application/dicom"; boundary=part'
        return Response(head + file.getvalue() + b"\r\n--part--\r\n", media_type=kind)

    def render(self, request: Request) -> Response:
        """One frame as JPEG; `window=center,width,function` and `viewport=width,height` as the standard says."""
        found = self._find(request)
        if found is None or request.path_params["frame"] != 1:
            return Response(status_code=404)
        try:
            window = _numbers(request.query_params.get("window", ""))
            view = _numbers(request.query_params.get("viewport", ""))
        except ValueError:
            return Response(status_code=400)
        picture = _rendered(_Key(found), window, int(min(view)) if view else 0)
        return Response(picture, media_type="image/jpeg")

    def _study(self, request: Request) -> Study | None:
        return self.studies.rows.get(request.path_params["study"])

    def _find(self, request: Request) -> tuple[Study, SeriesPlan, int] | None:
        study = self._study(request)
        series = find_series(study, request.path_params["series"]) if study else None
        if study is None or series is None:
            return None
        numbers = range(1, series.images + 1)
        asked = request.path_params["instance"]
        number = next((each for each in numbers if instance_uid(study, series, each) == asked), None)
        return (study, series, number) if number else None


class _Key:
    """An image in the memory of rendered ones: told apart by its identifier."""

    def __init__(self, found: tuple[Study, SeriesPlan, int]) -> None:
        self.found = found
        self._uid = instance_uid(*found)

    def __hash__(self) -> int:
        return hash(self._uid)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._uid == self._uid


@lru_cache(maxsize=400)
def _rendered(key: _Key, window: tuple[float, float] | None, most: int) -> bytes:
    return render(make_instance(*key.found), window=window, most=most)


def _numbers(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    first, second, *_ = text.split(",")
    return float(first), float(second)


def _answer(rows: list[dict[str, Any]]) -> Response:
    if not rows:
        return Response(status_code=204)
    return JSONResponse(rows, media_type=_JSON)


def _tag(kind: str, *values: object) -> dict[str, object]:
    return {"vr": kind, "Value": list(values)} if values and values[0] != "" else {"vr": kind}


def _study_tags(study: Study) -> dict[str, Any]:
    return {
        "0020000D": _tag("UI", study.study_uid),
        "00080050": _tag("SH", study.accession),
        "00100020": _tag("LO", study.patient_id),
        "00081030": _tag("LO", study.description),
    }


def _series_tags(study: Study, series: SeriesPlan) -> dict[str, Any]:
    return {
        "0020000D": _tag("UI", study.study_uid),
        "0020000E": _tag("UI", series_uid(study, series)),
        "00200011": _tag("IS", series.number),
        "00080060": _tag("CS", study.modality),
        "0008103E": _tag("LO", series.description),
    }


def _instances(study: Study) -> Iterator[dict[str, Any]]:
    for series in plan_of(study):
        for number in range(1, series.images + 1):
            yield {
                "0020000E": _tag("UI", series_uid(study, series)),
                "00080018": _tag("UI", instance_uid(study, series, number)),
                "00200013": _tag("IS", number),
            }


def write_studies(path: Path, studies: list[Study]) -> None:
    """Puts studies into the file of an archive that does not run yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode({study.study_uid: study for study in studies}))
