"""Pure rules: bodies, what the English is worth, differences, Traditional Chinese."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.kernel.types import BilingualText
from hospital.publications.api import list_changes, plain_text, read_blocks, to_traditional
from hospital.publications.rules.body import LINK_SCHEMES, BlockKind, Span
from hospital.publications.rules.difference import ChangeKind
from hospital.publications.rules.translation import settle_english, source_hash, translation_status
from hospital.publications.states import EnglishState, TranslationStatus
from hospital.publications.tests.factories import make_content

PICTURE = UUID("01890000-0000-7000-8000-000000000001")
SOURCE = f"""# Before you come
Bring your **passport**, see [the guide](guide:what-to-bring) or
call [us](tel:+862000006600).

1. Take a number
2. Wait

- one
- two **bold**

> Keep the slip.

![The main hall](picture:{PICTURE})
"""


@pytest.mark.requirement("A02")
def test_a_body_becomes_blocks() -> None:
    heading, paragraph, steps, bullets, note, picture = read_blocks(SOURCE)
    assert (heading.kind, heading.level, heading.spans) == (BlockKind.HEADING, 2, (Span("Before you come"),))
    assert paragraph.spans == (
        Span("Bring your "),
        Span("passport", is_strong=True),
        Span(", see "),
        Span("the guide", href="guide:what-to-bring"),
        Span(" or call "),
        Span("us", href="tel:+862000006600"),
        Span("."),
    )
    assert steps.items == ((Span("Take a number"),), (Span("Wait"),))
    assert bullets.items[1] == (Span("two "), Span("bold", is_strong=True))
    assert (note.kind, note.spans[0].text) == (BlockKind.NOTE, "Keep the slip.")
    assert (picture.picture_id, picture.spans) == (PICTURE, (Span("The main hall"),))


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](http://example.com)",
        "[x](//example.com)",
        "[x](data:text/html,x)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.com/x.png)",
    ],
)
def test_nothing_runs_and_no_foreign_picture_is_shown(source: str) -> None:
    for block in read_blocks(source):
        assert block.kind is BlockKind.PARAGRAPH
        assert all(span.href == "" for span in block.spans)


@given(st.text(max_size=400))
def test_any_text_can_be_read(source: str) -> None:
    for block in read_blocks(source):
        spans = [*block.spans, *(span for item in block.items for span in item)]
        assert all(not span.href or span.href.partition(":")[0].lower() in LINK_SCHEMES for span in spans)
    plain_text(source)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    changes = list_changes(before=before, after=after)
    assert "".join(each.text for each in changes if each.kind is not ChangeKind.ADDED) == before
    assert "".join(each.text for each in changes if each.kind is not ChangeKind.REMOVED) == after


def status_after(content, *, is_confirmed: bool, before=None, state=EnglishState.MISSING, kept="") -> TranslationStatus:
    settled, english_hash = settle_english(
        content=content, is_confirmed=is_confirmed, before=before, state_before=state, hash_before=kept
    )
    return translation_status(state=settled, english_hash=english_hash, chinese_hash=source_hash(content))


@pytest.mark.requirement("N20")
def test_what_the_english_is_worth() -> None:
    content = make_content()
    assert status_after(content, is_confirmed=False) is TranslationStatus.DRAFT
    assert status_after(content, is_confirmed=True) is TranslationStatus.REVIEWED
    half = make_content(summary=BilingualText("有", ""))
    assert status_after(half, is_confirmed=True) is TranslationStatus.MISSING

    chinese_changed = make_content(body=BilingualText("改了", content.body.en))
    reviewed = {"before": content, "state": EnglishState.REVIEWED, "kept": source_hash(content)}
    assert status_after(chinese_changed, is_confirmed=False, **reviewed) is TranslationStatus.STALE
    assert status_after(chinese_changed, is_confirmed=True, **reviewed) is TranslationStatus.REVIEWED
    both_changed = make_content(body=BilingualText("改了", "Changed"))
    assert status_after(both_changed, is_confirmed=False, **reviewed) is TranslationStatus.DRAFT
    assert status_after(content, is_confirmed=False, **reviewed) is TranslationStatus.REVIEWED


@pytest.mark.requirement("N20")
def test_traditional_chinese_is_made_and_corrected() -> None:
    assert to_traditional("挂号处在门诊楼一楼，请带护照。") == "掛號處在門診樓一樓，請帶護照。"
    assert to_traditional("复诊请联系于医生") == "覆診請聯絡于醫生"
    assert to_traditional("《个人信息保护法》要求我们说明保存哪些信息") == "《個人信息保護法》要求我們説明保存哪些資料"
    assert to_traditional("Take a number (挂号)") == "Take a number (掛號)"
    assert to_traditional("") == ""
