"""Pictures made by code: bodies of ellipses, a fan of speckle, a tunnel. As DICOM, and rendered by a window."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageMath
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, SecondaryCaptureImageStorage

from sandbox.archive.studies import SeriesPlan, Study, instance_uid, plan_of, series_uid

SIZE = 256
_AIR = 1024  # stored values are Hounsfield units plus this
# Center and width with which a look is shown where nothing else is asked.
_WINDOWS = {
    "body": (40, 400),
    "scout": (0, 1600),
    "head": (500, 1000),
    "head_bright": (450, 900),
    "breast": (200, 1200),
}


def make_instance(study: Study, series: SeriesPlan, number: int) -> FileDataset:
    """One image as a DICOM data set with its pixels."""
    picture = _LOOKS[series.look](number, series.images)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    meta.MediaStorageSOPInstanceUID = UID(instance_uid(study, series, number))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    made.SpecificCharacterSet = "ISO_IR 192"
    made.SOPClassUID, made.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    made.StudyInstanceUID, made.SeriesInstanceUID = study.study_uid, series_uid(study, series)
    made.AccessionNumber, made.PatientID, made.PatientName = study.accession, study.patient_id, study.patient_name
    made.PatientBirthDate, made.PatientSex, made.StudyID, made.ReferringPhysicianName = "", "", "", ""
    made.StudyDate, made.StudyTime = study.at[:8], study.at[8:14]
    made.Modality, made.StudyDescription, made.SeriesDescription = study.modality, study.description, series.description
    made.SeriesNumber, made.InstanceNumber = series.number, number
    made.ConversionType = "SYN"
    made.Rows, made.Columns = picture.height, picture.width
    if picture.mode == "RGB":
        made.SamplesPerPixel, made.PhotometricInterpretation, made.PlanarConfiguration = 3, "RGB", 0
        made.BitsAllocated, made.BitsStored, made.HighBit = 8, 8, 7
        made.PixelData = picture.tobytes()
    else:
        made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
        made.BitsAllocated, made.BitsStored, made.HighBit = 16, 12, 11
        made.RescaleIntercept, made.RescaleSlope = -_AIR, 1
        made.WindowCenter, made.WindowWidth = _WINDOWS.get(series.look, (0, 2000))
        made.PixelData = picture.convert("I;16").tobytes()
    made.PixelRepresentation = 0
    return made


def render(made: FileDataset, *, window: tuple[float, float] | None, most: int = 0) -> bytes:
    """The image as JPEG, gray values by the window (center, width), no side longer than `most`."""
    size = (made.Columns, made.Rows)
    if made.SamplesPerPixel == 3:
        picture = Image.frombytes("RGB", size, made.PixelData)
    else:
        center, width = window or (float(made.WindowCenter), float(made.WindowWidth))
        scale = 255 / max(width, 1)
        offset = (width / 2 - center - _AIR) * scale
        stored = Image.frombytes("I;16", size, made.PixelData).convert("I")
        # Pillow takes no other form of a function here than a factor and a number to add.
        picture = stored.point(lambda value: value * scale + offset).convert("L")
    if most:
        picture.thumbnail((most, most))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


def find_series(study: Study, uid: str) -> SeriesPlan | None:
    """The series with this identifier."""
    return next((each for each in plan_of(study) if series_uid(study, each) == uid), None)


def _paint(shapes: Sequence[tuple[tuple[float, float, float, float], int]], *, noise: int) -> Image.Image:
    """Ellipses (left, top, right, bottom in hundredths of the side, Hounsfield units) with the grain of a detector."""
    double = SIZE * 2
    picture = Image.new("I", (double, double), 0)
    pen = ImageDraw.Draw(picture)
    for box, value in shapes:
        pen.ellipse([part * double / 100 for part in box], fill=value + _AIR)
    small = picture.resize((SIZE, SIZE), Image.Resampling.BILINEAR)
    grain = Image.effect_noise((SIZE, SIZE), noise).convert("I")
    return ImageMath.lambda_eval(  # type: ignore[no-any-return]
        lambda found: found["min"](found["max"](found["a"] + found["b"] - 128, 0), 4095), a=small, b=grain
    )


def _body(number: int, count: int) -> Image.Image:
    """A slice through a chest: lungs shrink downwards, the heart grows, a small nodule in the middle slices."""
    low = number / count
    lung, heart = 22 * (1 - 0.5 * low), 6 + 8 * low
    nodule = [((30, 55, 33.5, 58.5), 20)] if 0.4 < low < 0.6 else []
    return _paint(
        [
            ((6, 18, 94, 84), 30),
            ((9, 21, 91, 81), 60),
            ((30 - lung * 0.8, 50 - lung, 30 + lung * 0.8, 50 + lung), -820),
            ((70 - lung * 0.8, 50 - lung, 70 + lung * 0.8, 50 + lung), -820),
            ((55 - heart, 52 - heart, 55 + heart, 52 + heart), 45),
            ((45, 68, 55, 78), 600),
            ((48, 71, 52, 75), 30),
            ((47, 38, 53, 44), -950),
            *nodule,
        ],
        noise=22,
    )


def _scout(number: int, count: int) -> Image.Image:
    """A chest from the front, or from the side."""
    side = number % 2 == 0
    lungs = [((26, 18, 76, 80), -600)] if side else [((16, 14, 47, 82), -600), ((53, 14, 84, 82), -600)]
    ribs = [((18, 18 + step * 8, 82, 22 + step * 8), -250) for step in range(7)]
    return _paint([((8, 4, 92, 98), 100), *lungs, *ribs, ((46, 4, 54, 98), 350), ((46, 52, 72, 84), 180)], noise=25)


def _head(number: int, count: int) -> Image.Image:
    """A slice through a head: skull, brain, ventricles that come and go."""
    grown = 1 - abs(number / count - 0.5)
    return _paint(
        [
            ((50 - 40 * grown, 50 - 46 * grown, 50 + 40 * grown, 50 + 46 * grown), 900),
            ((50 - 37 * grown, 50 - 43 * grown, 50 + 37 * grown, 50 + 43 * grown), 60),
            ((50 - 35 * grown, 50 - 41 * grown, 50 + 35 * grown, 50 + 41 * grown), 520),
            ((50 - 24 * grown, 50 - 30 * grown, 50 + 24 * grown, 50 + 30 * grown), 620),
            ((41, 40, 48, 60), 180),
            ((52, 40, 59, 60), 180),
        ],
        noise=18,
    )


def _head_bright(number: int, count: int) -> Image.Image:
    """The same with bright water."""
    return ImageMath.lambda_eval(lambda found: 2600 - found["a"], a=_head(number, count))  # type: ignore[no-any-return]


def _breast(number: int, count: int) -> Image.Image:
    """A breast from one side."""
    left = number % 2
    edge = -40 if left else 60
    return _paint([((edge, 10, edge + 80, 92), 100), ((edge + 20, 30, edge + 62, 74), 420)], noise=30)


def _fan(number: int, count: int) -> Image.Image:
    """The fan of an ultrasound probe: speckle, a round organ with a dark cyst."""
    speckle = Image.effect_noise((SIZE, SIZE), 70).filter(ImageFilter.GaussianBlur(1.1)).convert("RGB")
    mask = Image.new("L", (SIZE, SIZE), 0)
    ImageDraw.Draw(mask).pieslice((-40, -150, SIZE + 40, SIZE - 8), 40, 140, fill=255)
    pen = ImageDraw.Draw(speckle)
    shift = number * 4
    pen.ellipse((70 + shift, 80, 170 + shift, 160), outline=(210, 210, 210), width=3)
    pen.ellipse((105 + shift, 105, 128 + shift, 128), fill=(12, 12, 12))
    return Image.composite(speckle, Image.new("RGB", (SIZE, SIZE)), mask)


def _lumen(number: int, count: int) -> Image.Image:
    """What an endoscope sees: rings that grow darker, a fold, a small polyp on one picture."""
    picture = Image.new("RGB", (SIZE, SIZE))
    pen = ImageDraw.Draw(picture)
    for step in range(60):
        inset = 6 + step * 2
        shift = (number - 3) * step // 12
        light = 1 - step / 66
        pen.ellipse(
            (inset + shift, inset, SIZE - inset + shift, SIZE - inset),
            fill=(int(226 * light), int(118 * light), int(104 * light)),
        )
    if number == 4:
        pen.ellipse((64, 150, 96, 180), fill=(238, 150, 136))
    return picture.filter(ImageFilter.GaussianBlur(1.6))


_LOOKS: dict[str, Callable[[int, int], Any]] = {
    "body": _body,
    "scout": _scout,
    "head": _head,
    "head_bright": _head_bright,
    "breast": _breast,
    "fan": _fan,
    "lumen": _lumen,
}
