"""`export_openapi`: the OpenAPI document of the patient API, as the patient app is built from it."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from hospital.patient_api.api import api


class Command(BaseCommand):
    """Prints the document; `patient-app/openapi.json` is its committed copy."""

    help = "Print the OpenAPI document of the patient API."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Print it, the same for the same code."""
        self.stdout.write(json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2, default=str))
