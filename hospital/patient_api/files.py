"""How an answer that is a file is described: Ninja describes JSON only."""

from typing import Any


def describe_file(media_type: str, description: str) -> dict[str, Any]:
    """For `openapi_extra` of an address whose answer 200 is a file of `media_type`."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": description, "content": content}}}
