"""Pictures as people hand them in."""

import io

from PIL import Image


def jpeg() -> bytes:
    """A small picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "JPEG")
    return drawn.getvalue()
