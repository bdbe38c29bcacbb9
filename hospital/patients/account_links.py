"""Which accounts act for a person: whom the product tells when something happens to them."""

from uuid import UUID

from hospital.patients.models import AccountPerson


def list_account_ids(*, person_id: UUID) -> list[UUID]:
    """The open accounts that act for a person now; for jobs of the product, never for a caller's answer."""
    links = AccountPerson.objects.filter(person_id=person_id, removed_at=None, account__is_active=True)
    return list(links.order_by("added_at").values_list("account_id", flat=True))
