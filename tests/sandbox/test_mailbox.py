"""Mail goes in over SMTP and is read on a page."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import httpx

from sandbox.process import SandboxClient


def _send(sandbox: SandboxClient, *, to: str, subject: str, text: str, html: str = "") -> None:
    message = EmailMessage()
    message["From"] = "IMC <noreply@imc.test>"
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", sandbox.address.smtp_port, timeout=5) as smtp:
        smtp.send_message(message)


def test_mail_is_listed_by_recipient_newest_first(sandbox: SandboxClient, browser: httpx.Client) -> None:
    _send(sandbox, to="anna@example.org", subject="验证码 Your code", text="Code 123456 / 您的验证码")
    _send(sandbox, to="Anna@example.org", subject="Second", text="two")
    _send(sandbox, to="other@example.org", subject="Not hers", text="three")
    mails = sandbox.list_mail("anna@example.org")
    assert [mail["subject"] for mail in mails] == ["Second", "验证码 Your code"]
    assert "您的验证码" in mails[1]["text"]
    page = browser.get("/mailbox", params={"to": "anna@example.org"}).text
    assert "验证码 Your code" in page
    assert "Not hers" not in page
    assert "您的验证码" in browser.get(f"/mailbox/{mails[1]['id']}").text


def test_html_part_is_kept_apart(sandbox: SandboxClient, browser: httpx.Client) -> None:
    _send(
        sandbox, to="a@example.org", subject="<b>bold</b>", text="plain", html="<script>alert(1)</script><p>Hello</p>"
    )
    mail = sandbox.list_mail("a@example.org")[0]
    page = browser.get(f"/mailbox/{mail['id']}").text
    assert "<b>bold</b>" not in page
    assert "alert(1)" not in page
    part = browser.get(f"/mailbox/{mail['id']}/html")
    assert "sandbox" in part.headers["Content-Security-Policy"]


def test_unknown_mail_and_empty_box(browser: httpx.Client) -> None:
    assert browser.get("/mailbox/none").status_code == 404
    assert "还没有邮件" in browser.get("/mailbox?lang=zh").text
    assert "No mail yet" in browser.get("/mailbox?lang=en").text
