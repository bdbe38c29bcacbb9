"""The pages that `./imc screens` takes pictures of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page.

    `role` is the English name of a demonstration login (see `demo/logins.py`), empty for a page without sign-in.
    `follow` are CSS selectors of links that are followed one after another from `path`, for pages whose address holds
    the number of a record.
    """

    name: str
    role: str
    path: str
    follow: tuple[str, ...] = ()


PAGES: tuple[Page, ...] = (
    Page("entry", "", "/"),
    Page("sign-in", "", "/staff/sign-in/"),
)
