"""Taking pictures in."""

import io
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.ids import new_id
from hospital.kernel.uploads import check_upload
from hospital.publications.models import Picture
from hospital.publications.rules.editors import require_editor


def add_picture(*, actor: Actor, campus_code: str, data: bytes, now: datetime) -> UUID:
    """Stores a JPEG or PNG, drawn anew (see `check_upload`); its number. Pictures are public from then on.

    Refuses `NotEditor`, `UploadTooLarge`, `UploadNotAccepted`.
    """
    require_editor(actor=actor, campus_code=campus_code)
    checked = check_upload(data, allows_pdf=False)
    with Image.open(io.BytesIO(checked.content)) as drawn:
        width, height = drawn.size
    picture_id = new_id()
    # The file is written first: a row without its file is a hole in a page, a file without its row only litter.
    name = default_storage.save(f"publications/{picture_id}.jpg", ContentFile(checked.content))
    with acting(actor=actor):
        Picture.objects.create(
            id=picture_id,
            campus_id=campus_code,
            file=name,
            media_type=checked.content_type,
            width=width,
            height=height,
            added_at=now,
            added_by=actor.label[:120],
        )
        record_act(
            actor=actor, action="publications.add_picture", subject_kind="picture", subject_id=str(picture_id), now=now
        )
    return picture_id
