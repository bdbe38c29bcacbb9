"""Bring a database up to date and fill an empty one with the demonstration hospital.

Run as a process of its own (`python -m launch.preparation`), because it needs Django. `is_current` is asked by the
launcher beforehand: when neither the migrations nor the database changed since last time, there is nothing to do and
Django need not be started for it.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from launch.environment import PREPARED, ROOT


def code_mark() -> str:
    """A hash over everything that decides the shape of the database: our migrations, the settings, the packages."""
    total = hashlib.sha256()
    files = [*ROOT.glob("hospital/*/migrations/*.py"), *ROOT.glob("hospital/*/apps.py")]
    config = (ROOT / "config" / "settings.py", ROOT / "config" / "contexts.py")
    for path in sorted([*files, *config, ROOT / "requirements.lock"]):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def database_mark(url: str) -> dict[str, Any] | None:
    """What tells this database from any other and from its own earlier states; None when it cannot be told."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            server = connection.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()
            oid = connection.execute(
                "SELECT oid::bigint FROM pg_database WHERE datname = current_database()"
            ).fetchone()
            applied = connection.execute("SELECT count(*), max(id) FROM django_migrations").fetchone()
            is_filled = connection.execute("SELECT EXISTS (SELECT FROM accounts_user)").fetchone()
    except psycopg.Error:
        return None
    if server is None or oid is None or applied is None or is_filled is None or not is_filled[0]:
        return None
    return {"server": server[0], "database": oid[0], "applied": list(applied)}


def is_current(folder: Path, url: str) -> bool:
    """Whether the last preparation recorded in `folder` was of this very database with this very code."""
    try:
        kept = json.loads((folder / PREPARED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(kept["code"] == code_mark() and kept["database"] and kept["database"] == database_mark(url))


def record(folder: Path, url: str) -> None:
    """Keep what `is_current` compares."""
    mark = {"code": code_mark(), "database": database_mark(url)}
    (folder / PREPARED).write_text(json.dumps(mark), encoding="utf-8")


def prepare() -> None:
    """Migrate if anything is pending; load the demonstration if nobody exists yet. All of it or nothing."""
    import django
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from launch.terminal import say

    django.setup()
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        say(f"applying {len(pending)} migrations")
        call_command("migrate", interactive=False, verbosity=0)
    if not get_user_model().objects.exists() and "load_demo" in get_commands():
        say("loading the demonstration hospital")
        with transaction.atomic():
            call_command("load_demo", verbosity=0)


if __name__ == "__main__":
    prepare()
