"""Who may write."""

from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.publications.errors import NotEditor


def require_editor(*, actor: Actor, campus_code: str) -> None:
    """Refuses `NotEditor` to all but the editors of the campus that owns an article, and the product itself."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role(Role.EDITOR, campus_code):
        raise NotEditor
