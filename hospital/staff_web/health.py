"""Whether this process lives and can serve."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: the process answers. It asks nothing of anybody."""
    return JsonResponse({"status": "alive"})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: the database answers and its task queue is there; otherwise 503, so that a proxy sends nobody here."""
    checks = {"database": _answers("SELECT 1"), "queue": _answers("SELECT id FROM procrastinate_jobs LIMIT 1")}
    is_ready = all(checks.values())
    words = {name: "ok" if works else "failed" for name, works in checks.items()}
    return JsonResponse({"status": "ready" if is_ready else "not ready", **words}, status=200 if is_ready else 503)


def _answers(statement: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        log.warning("readiness: %s", error)
        return False
    return True
