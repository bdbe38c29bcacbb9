"""Phones, passwords, WeChat, contact and the end of an account (A01, W19, N14)."""

from datetime import timedelta
from functools import partial

import pytest

from hospital.accounts.api import (
    AddressKind,
    CodePurpose,
    change_contact,
    check_code,
    close_account,
    create_code,
    get_account,
    get_patient_actor,
    get_wechat_openid,
    link_wechat,
    normalize_phone,
    patient_actor,
    remove_contact,
    reset_password,
    set_password,
    sign_in_with_code,
    sign_in_with_password,
    sign_in_with_wechat,
    unlink_wechat,
    update_profile,
)
from hospital.accounts.errors import (
    AccountClosed,
    AddressTaken,
    BadPhone,
    LastWayIn,
    NoAccountHere,
    NotSignedIn,
    PasswordLocked,
    WeakPassword,
    WechatLinked,
    WechatTaken,
    WrongCode,
    WrongCurrentPassword,
    WrongPassword,
)
from hospital.accounts.models import PasswordTry, PatientAccount, PatientSession, WechatLink
from hospital.accounts.ports import WechatUser
from hospital.accounts.types import SignedIn, Visitor
from hospital.audit.api import list_entries
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.tests.threads import run_together

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "W19")]
EMAIL, PHONE = "priya@example.com", "+44 7700 900123"
PASSWORD = "quiet-harbor-27"
WECHAT = WechatUser(openid="oA-1", unionid="u-1")
LATER = TEN + timedelta(minutes=2)
HERE = Visitor(user_agent="Phone", ip="10.0.0.7")


def sign_in(address=EMAIL, *, now=TEN):
    code = create_code(address=address, now=now)
    return sign_in_with_code(address=address, code=code, language="en", visitor=HERE, now=now)


def protect(signed_in, new=PASSWORD, current="", *, now=TEN):
    set_password(
        account_id=signed_in.account_id,
        new=new,
        current=current,
        token=signed_in.tokens.access,
        actor=patient_actor(signed_in.account_id),
        now=now,
    )


def by_password(password=PASSWORD, *, address=EMAIL, now=TEN):
    return sign_in_with_password(address=address, password=password, visitor=HERE, now=now)


def by_wechat(user=WECHAT, *, now=TEN, welcome=None):
    return sign_in_with_wechat(user=user, language="zh-hans", visitor=HERE, now=now, welcome=welcome)


def move_to(signed_in, address, *, now=TEN):
    code = create_code(address=address, purpose=CodePurpose.CHANGE_CONTACT, now=now)
    proof = check_code(address=address, code=code, purpose=CodePurpose.CHANGE_CONTACT, now=now)
    actor = patient_actor(signed_in.account_id)
    return change_contact(account_id=signed_in.account_id, proof=proof, actor=actor, now=now)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+44 7700 900123", "+447700900123"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("+852 9123 4567", "+85291234567"),
        (" +1 (415) 555-2671 ", "+14155552671"),
        ("+65 8123 4567", "+6581234567"),
    ],
)
def test_a_phone_of_any_country_is_kept_in_one_form(typed, kept):
    assert normalize_phone(typed) == kept


@pytest.mark.parametrize("typed", ["13800138000", "+44", "+999 123456", "+86 138", "+44 7700 900123 ext. 5", "x"])
def test_what_is_no_international_number_is_refused(typed):
    with pytest.raises(BadPhone):
        normalize_phone(typed)


def test_a_phone_signs_in_like_an_address_however_it_is_typed():
    first = sign_in(PHONE)
    second = sign_in("+447700900123", now=LATER)
    assert (first.is_new_account, second.is_new_account) == (True, False)
    card = get_account(account_id=first.account_id)
    assert (card.phone, card.email) == ("+447700900123", "")
    assert "7700" not in str(PatientAccount.objects.values("phone", "phone_index").get())


def test_a_code_for_one_purpose_does_nothing_else():
    code = create_code(address=EMAIL, purpose=CodePurpose.RESET_PASSWORD, now=TEN)
    with pytest.raises(WrongCode):
        sign_in_with_code(address=EMAIL, code=code, language="en", visitor=HERE, now=TEN)
    assert not PatientAccount.objects.exists()


def test_a_password_opens_the_account_and_signs_out_other_devices():
    other = sign_in()
    own = sign_in(now=LATER)
    protect(own, now=LATER)
    with pytest.raises(NotSignedIn):
        get_patient_actor(token=other.tokens.access, ip="", request_id="", now=LATER)
    assert get_patient_actor(token=own.tokens.access, ip="", request_id="", now=LATER).id == str(own.account_id)
    assert by_password(address="Priya@Example.com").account_id == own.account_id
    assert PASSWORD not in str(PatientAccount.objects.values().get())
    assert get_account(account_id=own.account_id).has_password


@pytest.mark.parametrize("weak", ["short-1", "1234567890", "password123", "priya-is-here", "x" * 129])
def test_a_weak_password_is_refused(weak):
    own = sign_in()
    with pytest.raises(WeakPassword):
        protect(own, weak)
    assert PatientAccount.objects.get().password == ""


def test_changing_a_password_wants_the_one_in_use():
    own = sign_in()
    protect(own)
    for wrong in ("", "guess-guess-1"):
        with pytest.raises(WrongCurrentPassword):
            protect(own, "another-harbor-28", wrong)
    with pytest.raises(WeakPassword):
        protect(own, PASSWORD, PASSWORD)
    protect(own, "another-harbor-28", PASSWORD)
    with pytest.raises(WrongPassword):
        by_password()
    assert by_password("another-harbor-28")


@pytest.mark.requirement("N14")
@pytest.mark.parametrize("address", [EMAIL, "nobody@example.com"])
def test_five_wrong_passwords_lock_an_address_whether_it_has_an_account_or_not(address):
    protect(sign_in())
    for _ in range(5):
        with pytest.raises(WrongPassword):
            by_password("wrong-wrong-1", address=address)
    with pytest.raises(PasswordLocked) as refused:
        by_password(address=address, now=TEN + timedelta(minutes=1))
    assert refused.value.facts == {"minutes": 14}
    if address == EMAIL:
        assert by_password(now=TEN + timedelta(minutes=15))
        assert not PasswordTry.objects.filter(tries__gt=0).exists()
    reasons = {entry.reason for entry in list_entries(action="accounts.sign_in", is_refused=True)}
    assert reasons == {"wrong_password", "password_locked"}


@pytest.mark.requirement("N14", "N22")
@pytest.mark.django_db(transaction=True)
def test_guessing_at_once_gets_no_more_than_five_tries():
    protect(sign_in())
    outcomes = run_together([partial(by_password, f"wrong-wrong-{n}") for n in range(8)])
    assert sum(isinstance(outcome, WrongPassword) for outcome in outcomes) == 5
    assert sum(isinstance(outcome, PasswordLocked) for outcome in outcomes) == 3


def test_an_account_without_a_password_is_not_opened_by_an_empty_one():
    sign_in()
    for guess in ("", "anything-at-all"):
        with pytest.raises(WrongPassword):
            by_password(guess)


def test_a_forgotten_password_is_set_anew_with_a_code():
    own = sign_in()
    protect(own)
    code = create_code(address=EMAIL, purpose=CodePurpose.RESET_PASSWORD, now=TEN)
    with pytest.raises(WeakPassword):
        reset_password(address=EMAIL, code=code, new="short", visitor=HERE, now=TEN)
    fresh = reset_password(address=EMAIL, code=code, new="another-harbor-28", visitor=HERE, now=TEN)
    assert fresh.account_id == own.account_id
    with pytest.raises(NotSignedIn):
        get_patient_actor(token=own.tokens.access, ip="", request_id="", now=TEN)
    with pytest.raises(WrongCode):
        reset_password(address=EMAIL, code=code, new="third-harbor-29", visitor=HERE, now=TEN)
    assert by_password("another-harbor-28")


def test_resetting_without_an_account_makes_none():
    code = create_code(address=EMAIL, purpose=CodePurpose.RESET_PASSWORD, now=TEN)
    with pytest.raises(NoAccountHere):
        reset_password(address=EMAIL, code=code, new=PASSWORD, visitor=HERE, now=TEN)
    assert not PatientAccount.objects.exists()


def test_wechat_opens_the_same_account_each_time():
    first, second = by_wechat(), by_wechat(now=LATER)
    assert (first.is_new_account, second.is_new_account) == (True, False)
    assert first.account_id == second.account_id
    assert get_wechat_openid(account_id=first.account_id) == "oA-1"
    assert "oA-1" not in str(WechatLink.objects.values().get())


def test_a_welcome_that_refuses_leaves_no_account():
    def refuse(account_id):
        raise AccountClosed

    with pytest.raises(AccountClosed):
        by_wechat(welcome=refuse)
    code = create_code(address=EMAIL, now=TEN)
    with pytest.raises(AccountClosed):
        sign_in_with_code(address=EMAIL, code=code, language="en", visitor=HERE, now=TEN, welcome=refuse)
    assert not PatientAccount.objects.exists()
    assert not PatientSession.objects.exists()
    assert sign_in_with_code(address=EMAIL, code=code, language="en", visitor=HERE, now=TEN).is_new_account


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_one_wechat_makes_one_account_when_two_ask_at_once():
    outcomes = run_together([by_wechat] * 4)
    assert all(isinstance(outcome, SignedIn) for outcome in outcomes), outcomes
    assert PatientAccount.objects.count() == 1


def test_wechat_is_linked_to_an_account_and_taken_off_again():
    own = sign_in()
    actor = patient_actor(own.account_id)
    link = partial(link_wechat, account_id=own.account_id, actor=actor, now=TEN)
    for _ in range(2):
        link(user=WECHAT)
    assert by_wechat().account_id == own.account_id
    with pytest.raises(WechatLinked):
        link(user=WechatUser(openid="oA-2"))
    other = sign_in("other@example.com")
    with pytest.raises(WechatTaken):
        link_wechat(account_id=other.account_id, user=WECHAT, actor=patient_actor(other.account_id), now=TEN)
    for _ in range(2):
        unlink_wechat(account_id=own.account_id, actor=actor, now=TEN)
    assert by_wechat().account_id != own.account_id


def test_the_only_way_in_is_not_taken_off():
    own = by_wechat()
    actor = patient_actor(own.account_id)
    with pytest.raises(LastWayIn):
        unlink_wechat(account_id=own.account_id, actor=actor, now=TEN)
    mail = sign_in()
    remove = partial(remove_contact, account_id=mail.account_id, actor=patient_actor(mail.account_id), now=TEN)
    with pytest.raises(LastWayIn):
        remove(kind=AddressKind.EMAIL)
    remove(kind=AddressKind.PHONE)
    move_to(mail, PHONE)
    remove(kind=AddressKind.EMAIL)
    assert (get_account(account_id=mail.account_id).email, PatientAccount.objects.count()) == ("", 2)


def test_a_new_address_is_proved_and_the_old_one_is_free():
    own = sign_in()
    assert move_to(own, "new@example.com") == EMAIL
    assert move_to(own, PHONE) == ""
    card = get_account(account_id=own.account_id)
    assert (card.email, card.phone) == ("new@example.com", "+447700900123")
    assert sign_in(now=LATER).is_new_account


def test_an_address_of_another_account_is_refused():
    sign_in()
    own = sign_in("other@example.com")
    with pytest.raises(AddressTaken):
        move_to(own, EMAIL)
    assert get_account(account_id=own.account_id).email == "other@example.com"


@pytest.mark.requirement("N20")
def test_language_and_name_are_kept():
    own = sign_in()
    actor = patient_actor(own.account_id)
    update_profile(account_id=own.account_id, language="zh-hant", display_name="阿普", actor=actor, now=TEN)
    card = get_account(account_id=own.account_id)
    assert (card.language, card.display_name) == ("zh-hant", "阿普")
    update_profile(account_id=own.account_id, display_name="", actor=actor, now=TEN)
    assert get_account(account_id=own.account_id).display_name == ""
    assert len(list_entries(action="accounts.update_profile")) == 2


def test_a_closed_account_frees_its_addresses_and_opens_no_more():
    own = sign_in()
    move_to(own, PHONE)
    protect(own)
    actor = patient_actor(own.account_id)
    link_wechat(account_id=own.account_id, user=WECHAT, actor=actor, now=TEN)
    for _ in range(2):
        close_account(account_id=own.account_id, actor=actor, now=TEN)
    row = PatientAccount.objects.get()
    assert (row.email, row.email_index, row.phone, row.phone_index, row.password) == ("", "", "", "", "")
    assert (row.is_active, row.closed_at) == (False, TEN)
    with pytest.raises(NotSignedIn):
        get_patient_actor(token=own.tokens.access, ip="", request_id="", now=TEN)
    with pytest.raises(WrongPassword):
        by_password()
    again = sign_in(now=LATER)
    assert again.is_new_account
    assert by_wechat().account_id not in {own.account_id, again.account_id}
    assert len(list_entries(action="accounts.close_account")) == 1
