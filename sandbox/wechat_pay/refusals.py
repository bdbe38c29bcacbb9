"""Errors of API v3."""

from __future__ import annotations


class Refused(Exception):
    """A status and a code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code
