"""`manage.py partner`: partners and their keys."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hospital.kernel.actors import system_actor
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.partners.api import add_key, add_partner, end_key, list_keys, set_partner_active
from hospital.partners.types import Algorithm

ACTOR = system_actor("manage.partner")


class Command(BaseCommand):
    """Writes a partner down, adds, lists and ends keys, switches a partner off and on."""

    help = "Partners of the signed interfaces, and their keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One act a call."""
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="write a partner down, or change its name, campuses and rate")
        add.add_argument("code")
        add.add_argument("--name-zh", required=True)
        add.add_argument("--name-en", required=True)
        add.add_argument("--campus", action="append", required=True)
        add.add_argument("--rate", type=int, default=300, help="requests a minute")
        add.add_argument("--on-site", action="store_true", help="its machines stand in the hospital, and check in")
        key = acts.add_parser("add-key", help="a new key beside the one in use; its secret is shown once")
        key.add_argument("code")
        key.add_argument("--rsa", metavar="FILE", help="the partner's public key in PEM, instead of a shared secret")
        acts.add_parser("keys", help="the keys of a partner").add_argument("code")
        acts.add_parser("end-key", help="a key is valid no longer").add_argument("key")
        for act in ("off", "on"):
            acts.add_parser(act, help=f"switch all keys of a partner {act}").add_argument("code")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Carries the act out."""
        acts = {"add": self._add, "add-key": self._add_key, "keys": self._list, "end-key": self._end}
        try:
            acts.get(options["act"], self._switch)(options)
        except Refusal as refusal:
            raise CommandError(refusal.message) from None

    def _add(self, options: dict[str, Any]) -> None:
        add_partner(
            code=options["code"],
            name=BilingualText(zh=options["name_zh"], en=options["name_en"]),
            campuses=options["campus"],
            requests_per_minute=options["rate"],
            is_on_site=options["on_site"],
            actor=ACTOR,
            now=timezone.now(),
        )
        self.stdout.write(f"{options['code']} may act at {', '.join(options['campus'])}")

    def _add_key(self, options: dict[str, Any]) -> None:
        file = options["rsa"]
        new = add_key(
            code=options["code"],
            algorithm=Algorithm.RSA if file else Algorithm.HMAC,
            public_key=Path(file).read_text(encoding="utf-8") if file else "",
            actor=ACTOR,
            now=timezone.now(),
        )
        self.stdout.write(f"key {new.key_id} ({new.algorithm})")
        self.stdout.write(f"secret {new.secret}" if new.secret else f"our answers are proved with\n{new.answer_key}")

    def _list(self, options: dict[str, Any]) -> None:
        for key in list_keys(code=options["code"]):
            until = f"ended {key.ended_at:%Y-%m-%d %H:%M} UTC" if key.ended_at else "valid"
            self.stdout.write(f"{key.key_id}  {key.algorithm}  added {key.added_at:%Y-%m-%d %H:%M} UTC  {until}")

    def _end(self, options: dict[str, Any]) -> None:
        end_key(key_id=options["key"], actor=ACTOR, now=timezone.now())
        self.stdout.write(f"key {options['key']} is valid no longer")

    def _switch(self, options: dict[str, Any]) -> None:
        is_on = options["act"] == "on"
        set_partner_active(code=options["code"], is_active=is_on, actor=ACTOR, now=timezone.now())
        self.stdout.write(f"{options['code']} is switched {options['act']}")
