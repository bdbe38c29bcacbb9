"""Refusals of the publications."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class NotEditor(Refusal):
    """Only editors of the campus that owns an article may write it."""

    code = "not_editor"
    status = 403
    text = _("Only editors of this campus may write this. Nothing was changed.")


class UnknownArticle(Refusal):
    """No such article, or none that is shown now."""

    code = "unknown_article"
    status = 404
    text = _("We could not find this page. It may have been taken down.")


class UnknownPicture(Refusal):
    """No such picture."""

    code = "unknown_picture"
    status = 404
    text = _("We could not find this picture.")


class SlugTaken(Refusal):
    """The short name stands in the address and belongs to one article of a kind."""

    code = "slug_taken"
    text = _("Another article of this kind has the short name “%(slug)s”. Choose another one.")


class UnfitText(Refusal):
    """A text that cannot be saved: `field` names it."""

    code = "unfit_text"
    status = 422
    text = _("This text cannot be saved as it is.")


class ArticleChanged(Refusal):
    """Somebody else saved the article after this editor opened it."""

    code = "article_changed"
    text = _("%(name)s saved this article at %(time)s, after you opened it. Your text is still here; compare the two.")


class EnglishNotReady(Refusal):
    """Publishing needs reviewed English, or the explicit word that it goes out without."""

    code = "english_not_ready"
    text = _("The English is not reviewed yet. Review it, or publish with a visible mark.")


class ShownFromPast(Refusal):
    """What is scheduled lies ahead."""

    code = "shown_from_past"
    status = 422
    text = _("Choose a time that lies ahead, or publish now.")


class NothingPublished(Refusal):
    """There is nothing to withdraw."""

    code = "nothing_published"
    text = _("This article is neither published nor scheduled. Nothing was changed.")


class NothingToTell(Refusal):
    """Patients are told of announcements that are shown, and of nothing else."""

    code = "nothing_to_tell"
    text = _("Patients can be told of an announcement once it is published. Nobody was told.")


class AlreadyTold(Refusal):
    """An announcement is told once."""

    code = "already_told"
    text = _("Patients were told of this announcement already. Nobody is told twice.")
