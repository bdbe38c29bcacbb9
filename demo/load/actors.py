"""Who did what in the demonstration: every act of the loaded day has its member of staff."""

from functools import cache

from hospital.accounts.api import get_grants
from hospital.accounts.models import User
from hospital.kernel.actors import Actor, ActorKind, system_actor


@cache
def staff_actor(username: str) -> Actor:
    """The member of staff, working at the campus of their first role."""
    user = User.objects.get(username=username)
    grants = get_grants(user_id=user.id)
    campus = min(campus for _, campus in grants)
    return Actor(
        kind=ActorKind.STAFF, id=str(user.id), label=user.name_en, grants=grants, campus_code=campus, ip="127.0.0.1"
    )


def loader() -> Actor:
    """The loading itself, for what nobody in particular did."""
    return system_actor("load_demo")
