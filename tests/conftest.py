"""For tests that belong to no context. What every test stands on is in `launch/pytest_plugin.py`."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys are whole stories; each worker starts one product for its own."""
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.timeout(600))
