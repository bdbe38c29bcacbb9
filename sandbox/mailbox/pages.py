"""The mailbox to read: a list, a message, and the same as JSON."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox.acquirer.wording import json_response
from sandbox.mailbox.store import MailStore
from sandbox.pages import render


class MailPages:
    """Pages over one store."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Routes under /mailbox and the mail part of /_control."""
        return [
            Route("/mailbox", self.show_list, methods=["GET"]),
            Route("/mailbox/{mail_id}", self.show_mail, methods=["GET"]),
            Route("/mailbox/{mail_id}/html", self.show_html, methods=["GET"]),
            Route("/_control/mail", self.list_json, methods=["GET"]),
        ]

    async def show_list(self, request: Request) -> Response:
        """Newest first; `?to=` narrows to an address."""
        recipient = request.query_params.get("to", "").strip()
        return render(request, "mailbox.html", mails=self._store.list(recipient=recipient), recipient=recipient)

    async def show_mail(self, request: Request) -> Response:
        """One message; its HTML part sits in a frame that may run nothing."""
        mail = self._store.get(request.path_params["mail_id"])
        if mail is None:
            return render(request, "message.html", key="mail_unknown", status=404)
        return render(request, "mail.html", mail=mail)

    async def show_html(self, request: Request) -> Response:
        """The HTML part alone, without scripts or anything from elsewhere."""
        mail = self._store.get(request.path_params["mail_id"])
        if mail is None:
            return HTMLResponse("", status_code=404)
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
        return HTMLResponse(mail.html, headers={"Content-Security-Policy": policy})

    async def list_json(self, request: Request) -> Response:
        """The same list for tests."""
        mails = self._store.list(recipient=request.query_params.get("to", ""))
        return json_response({"mail": [asdict(mail) for mail in mails]})
