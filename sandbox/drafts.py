"""A machine that drafts translations, badly: a few words by heart, the rest left as it was. A person has to read it."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response

# The longest first, so that no part of a phrase is taken for the whole.
_PHRASES = (
    ("社区获得性肺炎", "community-acquired pneumonia"),
    ("药物治疗并随访", "medication and follow-up"),
    ("建议休息", "rest is advised for "),
    ("两周后门诊复诊", "return visit in two weeks"),
    ("注意休息", "rest"),
    ("立即就医", "seek care at once"),
    ("冠状动脉", "coronary "),
    ("血管成像", "angiography"),
    ("发热", "fever"),
    ("咳嗽", "cough"),
    ("胸痛", "chest pain"),
    ("气促", "shortness of breath"),
)
_MARKS = str.maketrans({"，": ", ", "。": ". ", "；": "; ", "、": ", ", "：": ": "})


def routes() -> list[Route]:
    """Where the product sends its texts (`IMC_MACHINE_TRANSLATION_URL`), if somebody turns drafts on."""
    return [Route("/machine-translation", _draft, methods=["POST"])]


async def _draft(request: Request) -> Response:
    if not request.headers.get("authorization", "").startswith("Bearer "):
        return json_response({"error": "a key is needed"}, status=401)
    try:
        body = json.loads(await request.body())
        texts = [str(text) for text in body["texts"]]
        target = str(body["target"])
    except (ValueError, KeyError, TypeError):
        return json_response({"error": "texts and a target are needed"}, status=400)
    return json_response({"texts": [_say(text, target=target) for text in texts]})


def _say(text: str, *, target: str) -> str:
    for zh, en in _PHRASES:
        text = text.replace(zh, en) if target == "en" else text.replace(en.strip(), zh)
    return text.translate(_MARKS).strip() if target == "en" else text
