"""For tests that belong to no context. What every test stands on is in `launch/pytest_plugin.py`."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the journeys on one worker: they share one running product. The long look at every page of the app has
    another, so that both go on at once."""
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
            is_long_look = item.path.name == "test_app_pages.py"
            item.add_marker(pytest.mark.xdist_group("app-pages" if is_long_look else "journeys"))
            item.add_marker(pytest.mark.timeout(600))
