"""Files of people, encrypted before they are written (N14): the storage never holds one in clear."""

from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from hospital.kernel.crypto import decrypt_bytes, encrypt_bytes
from hospital.kernel.ids import new_id

ALIAS: Final = "sealed"  # the name of the storage in the settings


def store_sealed(*, content: bytes, place: str) -> str:
    """Writes `content`, encrypted for `place` ("table.column"); returns the name by which it is read.

    A file is outside the database: store it before the transaction, delete it when that comes to nothing.
    """
    sealed = encrypt_bytes(content, place=place)
    return str(storages[ALIAS].save(f"{place.partition('.')[0]}/{new_id()}", ContentFile(sealed)))


def read_sealed(*, name: str, place: str) -> bytes:
    """What `store_sealed` was given; raises `FileNotFoundError` when it was deleted."""
    with storages[ALIAS].open(name, "rb") as file:
        return decrypt_bytes(file.read(), place=place)


def delete_sealed(*, name: str) -> None:
    """Deletes a file for good; a second time, or without a name, does nothing."""
    if name:
        storages[ALIAS].delete(name)
