"""`manage.py load_demo`: fills an empty database with the demonstration hospital."""

import gc
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from demo.load.steps import is_loaded, steps

COUNTED_AFTER = {"rosters", "visits"}


def count_rows() -> None:
    """Tell the database how much there is: until the transaction ends it cannot see that by itself, and would read
    whole tables for one row."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Command(BaseCommand):
    """Loads everything in one transaction; on a database that has staff already it changes nothing and says so."""

    help = "Load the demonstration hospital into an empty database."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run every step and print how long each took."""
        if is_loaded():
            self.stdout.write("The database already has staff accounts: nothing was loaded.")
            return
        gc.disable()  # half a minute of short-lived objects: collecting them takes a tenth of the time
        with transaction.atomic():
            for name, load in steps(now=timezone.now().replace(second=0, microsecond=0)):
                begun = time.perf_counter()
                load()
                if name in COUNTED_AFTER:
                    count_rows()
                if options["verbosity"]:
                    self.stdout.write(f"  {name:<14}{time.perf_counter() - begun:5.1f} s")
        if options["verbosity"]:
            self.stdout.write("The demonstration hospital is loaded.")
