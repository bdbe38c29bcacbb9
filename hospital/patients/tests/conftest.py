"""Files of these tests go into a folder of their own."""

import pytest


@pytest.fixture
def sealed_folder(settings, tmp_path):
    """Where the files of a test are kept."""
    sealed = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"sealed": sealed}
    return tmp_path
