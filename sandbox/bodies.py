"""Reading what comes in."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object of a request; an empty one for anything else."""
    try:
        body = msgspec.json.decode(await request.body() or b"{}")
    except msgspec.DecodeError:
        return {}
    return body if isinstance(body, dict) else {}
