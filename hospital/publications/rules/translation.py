"""What the English of an article is worth (N20): the source it was made from is remembered by its hash."""

import hashlib
import json

from hospital.kernel.types import BilingualText
from hospital.publications.states import EnglishState, TranslationStatus
from hospital.publications.types import Content


def list_texts(content: Content) -> list[BilingualText]:
    """All texts of `content` that are translated, in a fixed order."""
    further = [content.texts[name] for name in sorted(content.texts)]
    return [content.title, content.summary, content.body, *further, content.picture_alt]


def source_hash(content: Content) -> str:
    """The hash of the Chinese."""
    return _hash([each.zh for each in list_texts(content)])


def english_is_missing(content: Content) -> bool:
    """Whether a text that stands in Chinese has no English."""
    return any(each.zh and not each.en for each in list_texts(content))


def settle_english(
    *, content: Content, is_confirmed: bool, before: Content | None, state_before: EnglishState, hash_before: str
) -> tuple[EnglishState, str]:
    """State of the English of `content`, and the hash of the Chinese that it stands for.

    Whoever confirms it says that it renders the Chinese as it is now. English that was changed is a draft of the
    Chinese as it is now. English that was left alone keeps what was said of it, and the Chinese of that time.
    """
    if english_is_missing(content):
        return EnglishState.MISSING, hash_before
    if is_confirmed:
        return EnglishState.REVIEWED, source_hash(content)
    was_touched = before is None or [each.en for each in list_texts(before)] != [
        each.en for each in list_texts(content)
    ]
    if was_touched or state_before is EnglishState.MISSING:
        return EnglishState.DRAFT, source_hash(content)
    return state_before, hash_before


def translation_status(*, state: EnglishState, english_hash: str, chinese_hash: str) -> TranslationStatus:
    """What the English is worth beside the Chinese of `chinese_hash`."""
    if state is EnglishState.MISSING:
        return TranslationStatus.MISSING
    if english_hash != chinese_hash:
        return TranslationStatus.STALE
    return TranslationStatus(state.value)


def _hash(texts: list[str]) -> str:
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()
