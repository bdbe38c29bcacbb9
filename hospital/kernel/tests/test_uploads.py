"""Files that are handed in: judged by content, drawn anew, encrypted at rest (N14)."""

import io

import pytest
from cryptography.exceptions import InvalidTag
from PIL import Image

from hospital.kernel.errors import UploadNotAccepted, UploadTooLarge
from hospital.kernel.sealed_files import delete_sealed, read_sealed, store_sealed
from hospital.kernel.uploads import MEGABYTE, check_upload

pytestmark = pytest.mark.requirement("N14")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **more)
    return drawn.getvalue()


@pytest.fixture
def folder(settings, tmp_path):
    sealed = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"sealed": sealed}
    return tmp_path


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew_whatever_was_in_it(kind):
    exif = Image.Exif()
    exif[0x010F] = "the camera of somebody"
    checked = check_upload(picture(kind, exif=exif) + b"<script>alert(1)</script>")
    assert checked.content_type == "image/jpeg"
    assert b"somebody" not in checked.content
    assert b"script" not in checked.content
    assert Image.open(io.BytesIO(checked.content)).size == (40, 30)


def test_a_large_picture_is_made_smaller():
    checked = check_upload(picture(size=(4000, 1000)))
    assert Image.open(io.BytesIO(checked.content)).size == (2400, 600)


def test_a_plain_pdf_is_kept_as_it_is():
    assert check_upload(PDF).content == PDF


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a" + bytes(40),
        picture()[:60],
        b"%PDF-1.4 cut off",
        PDF.replace(b"/Type", b"/OpenAction<</JS(app.alert(1))>>/Type"),
        PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root"),
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(UploadNotAccepted):
        check_upload(content)


def test_a_pdf_is_refused_where_a_picture_is_asked_for():
    with pytest.raises(UploadNotAccepted):
        check_upload(PDF, allows_pdf=False)


def test_the_limit_is_named():
    with pytest.raises(UploadTooLarge) as refused:
        check_upload(bytes(8 * MEGABYTE + 1))
    assert refused.value.facts == {"megabytes": 8}


def test_what_is_stored_is_not_readable_and_not_movable(folder):
    name = store_sealed(content=b"passport of Amara", place="patients_proof.file")
    (stored,) = [path for path in folder.rglob("*") if path.is_file()]
    assert b"Amara" not in stored.read_bytes()
    assert read_sealed(name=name, place="patients_proof.file") == b"passport of Amara"
    with pytest.raises(InvalidTag):
        read_sealed(name=name, place="feedback_picture.file")
    delete_sealed(name=name)
    delete_sealed(name=name)
    delete_sealed(name="")
    with pytest.raises(FileNotFoundError):
        read_sealed(name=name, place="patients_proof.file")
