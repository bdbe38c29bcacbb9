"""The texts that the translations are checked against are the ones that Django will look up."""

from pathlib import Path

from launch.message_sources import from_python, from_template


def texts_of_template(folder: Path, source: str) -> list[tuple[str, str | None, str | None]]:
    path = folder / "page.html"
    path.write_text(source, encoding="utf-8")
    return [(each.text, each.context, each.plural) for each in from_template(path)]


def test_calls_in_python_are_found_by_any_name(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "from django.utils import translation\n"
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext as p\n"
        "a = _('One')\n"
        "b = ngettext('%(n)s day', '%(n)s days', 3)\n"
        "c = p('noun', 'Order')\n"
        "d = translation.gettext('Two')\n"
        "e = _(variable)\n"
        "f = other('Three')\n"
    )
    found = {(each.text, each.context, each.plural, each.line) for each in from_python(path)}
    assert found == {
        ("One", None, None, 3),
        ("%(n)s day", None, "%(n)s days", 4),
        ("Order", "noun", None, 5),
        ("Two", None, None, 6),
    }


def test_an_underscore_that_is_not_gettext_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("_ = print\n_('nothing')\n")
    assert list(from_python(path)) == []


def test_tags_of_a_template(tmp_path: Path) -> None:
    assert texts_of_template(tmp_path, '{% translate \'Pay\' %}{% trans "Say \\"yes\\"" as word %}') == [
        ("Pay", None, None),
        ('Say "yes"', None, None),
    ]
    assert texts_of_template(tmp_path, "{% translate 'Order' context 'noun' %}") == [("Order", "noun", None)]
    assert texts_of_template(tmp_path, '{% include "x.html" with title=_("Bill") %}{{ _("Due") }}') == [
        ("Bill", None, None),
        ("Due", None, None),
    ]


def test_blocks_become_what_django_makes_of_them(tmp_path: Path) -> None:
    assert texts_of_template(
        tmp_path, "{% blocktranslate trimmed %}\n  Up to {{ n }} %\n  of it\n{% endblocktranslate %}"
    ) == [("Up to %(n)s %% of it", None, None)]
    plural = "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    assert texts_of_template(tmp_path, plural) == [("%(n)s day", None, "%(n)s days")]


def test_comments_say_nothing(tmp_path: Path) -> None:
    source = "{# {% translate 'No' %} #}{% comment %}{% translate 'No' %}{% endcomment %}"
    assert texts_of_template(tmp_path, source) == []
