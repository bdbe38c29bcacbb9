"""Who pays inside WeChat: the WeChat user bound to the account."""

from uuid import UUID

from hospital.accounts.api import get_wechat_openid
from hospital.kernel.actors import Actor, ActorKind
from hospital.workflows.errors import WechatNotLinked


def find_payer_openid(*, actor: Actor) -> str:
    """The openid of the account at our mini program. Refuses with `WechatNotLinked`."""
    openid = get_wechat_openid(account_id=UUID(actor.id)) if actor.kind is ActorKind.PATIENT else ""
    if not openid:
        raise WechatNotLinked
    return openid
