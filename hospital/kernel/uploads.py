"""What a file that somebody hands in really is: decided by its content, never by its name or declared type."""

import io
import re
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from hospital.kernel.errors import UploadNotAccepted, UploadTooLarge

MEGABYTE: Final = 1_048_576
LARGEST_MEGABYTES: Final = 8
_LONGEST_SIDE: Final = 2400  # enough to read the small print of a passport
_MOST_PIXELS: Final = 60_000_000
# What makes a PDF do something when it is opened, and what hides that from a look at its bytes.
_ACTIVE_PDF: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|Encrypt)\b")


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that may be kept."""

    content: bytes
    content_type: str


def check_upload(content: bytes, *, allows_pdf: bool = True) -> CheckedUpload:
    """A picture drawn anew as JPEG (upright, at most 2400 px, without place and camera), or a plain PDF as it is.

    Drawing anew leaves out whatever else was hidden in the file. Refusals: `UploadTooLarge` (8 MB),
    `UploadNotAccepted` (another kind, damaged, locked, or a PDF that runs something).
    """
    if len(content) > LARGEST_MEGABYTES * MEGABYTE:
        raise UploadTooLarge(megabytes=LARGEST_MEGABYTES)
    if allows_pdf and content.startswith(b"%PDF-"):
        return _check_pdf(content)
    return _redraw(content)


def _check_pdf(content: bytes) -> CheckedUpload:
    if b"%%EOF" not in content[-2048:] or _ACTIVE_PDF.search(content):
        raise UploadNotAccepted
    return CheckedUpload(content, "application/pdf")


def _redraw(content: bytes) -> CheckedUpload:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UploadNotAccepted
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise UploadNotAccepted from problem
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=85)
    return CheckedUpload(drawn.getvalue(), "image/jpeg")
