"""Reading pictures."""

from uuid import UUID

from hospital.publications.errors import UnknownPicture
from hospital.publications.models import Picture
from hospital.publications.types import PictureFile


def get_picture(*, picture_id: UUID) -> PictureFile:
    """A stored picture with its bytes; public. Refuses `UnknownPicture`, also when its file is gone."""
    row = Picture.objects.filter(pk=picture_id).first()
    if row is None:
        raise UnknownPicture
    try:
        with row.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError as problem:
        raise UnknownPicture from problem
    return PictureFile(id=row.id, media_type=row.media_type, width=row.width, height=row.height, data=data)
