"""`manage.py write_tokens`: writes the style sheet of design tokens."""

from typing import Any

from django.core.management.base import BaseCommand

from hospital.staff_web.tokens import TARGET, read_tokens, render_tokens


class Command(BaseCommand):
    help = "Write static/staff_web/css/tokens.css from design/tokens.json."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Writes the file; `test_tokens` fails while it is stale."""
        TARGET.write_text(render_tokens(tokens=read_tokens()), encoding="utf-8")
        self.stdout.write(str(TARGET.name))
