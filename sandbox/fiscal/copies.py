"""The legal copy of a receipt as PDF."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import segno
import typst

from sandbox.fiscal.ledger import Receipt

UNIT = "国际医疗中心（沙盒）"
_MOST_ITEMS = 24


def draw_copy(receipt: Receipt, *, is_red: bool, address: str) -> bytes:
    """The blue receipt, or the red one that took it back with every amount negative."""
    request: dict[str, Any] = receipt.request
    red = receipt.red if is_red else None
    sign = "-" if red else ""
    cells = [[str(one["chargeName"]), sign + str(one["amt"])] for one in request["chargeDetail"]]
    if len(cells) % 2:
        cells.append(["", ""])
    shown = [
        f"{one['name']} {one['number']}{one['unit']} {sign}{str(one['amt'])[:-2]}" for one in request["listDetail"]
    ]
    data = {
        "title": "医疗门诊收费票据（电子）",
        "mark": "红字冲销" if red else "已换开纸质" if receipt.paper else "已冲红" if receipt.red else "样张",
        "batch": red.batch if red else receipt.batch,
        "number": red.number if red else receipt.number,
        "check": red.check_code if red else receipt.check_code,
        "created": _day(red.created if red else receipt.created),
        "payer": receipt.payer,
        "document": _masked(str(request.get("cardNo", ""))),
        "business": receipt.business_number,
        "case": str(request.get("caseNumber", "")),
        "department": str(request.get("category", "")),
        "original": receipt.number if red else "",
        "classes": cells,
        "total": sign + receipt.total,
        "channels": "，".join(
            f"{one['payChannelName']} {sign}{one['payChannelValue']}" for one in request["payChannelDetail"]
        ),
        "items": shown[:_MOST_ITEMS] + (["……"] if len(shown) > _MOST_ITEMS else []),
        "unit": UNIT,
        "payee": str(request.get("payee", "")),
    }
    pdf = _compiler().compile(
        input=str(Path(__file__).with_name("copy.typ")),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "qr": _qr(address)},
    )
    assert isinstance(pdf, bytes)
    return pdf


def _day(stamp: str) -> str:
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[8:10]}:{stamp[10:12]}"


def _masked(number: str) -> str:
    return number[:1] + "•" * max(len(number) - 4, 0) + number[-3:] if len(number) > 4 else number


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, scale=4)
    return out.getvalue().decode()


@lru_cache
def _compiler() -> typst.Compiler:
    fonts = [
        str(files("fontpkg_source_sans_3") / "files"),
        str(files("justmytype_intl_cjk") / "fonts/ofl/notosanssc"),
    ]
    return typst.Compiler(root=str(Path(__file__).parent), font_paths=fonts, ignore_system_fonts=True)
