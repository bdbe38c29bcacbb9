"""Refusals of sign-in."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class BadAddress(Refusal):
    """Neither an e-mail address nor an international phone number."""

    code = "bad_address"
    status = 422
    text = _("Enter an e-mail address, for example name@example.com, or a phone number that starts with +.")


class BadPhone(Refusal):
    """No phone number in international form."""

    code = "bad_phone"
    status = 422
    text = _("Enter the phone number with its country code, for example +44 7700 900123.")


class CodeSentRecently(Refusal):
    """A code went out less than a minute ago."""

    code = "code_sent_recently"
    status = 429
    text = _("We sent a code less than a minute ago. Please wait %(seconds)s seconds before asking for another.")


class TooManyWrongCodes(Refusal):
    """The tries of an address are used up for an hour, whatever new code is asked for."""

    code = "too_many_wrong_codes"
    status = 429
    text = _("There were too many wrong codes for this address. Please try again in %(minutes)s minutes.")


class WrongCode(Refusal):
    """The code does not match, or none is open."""

    code = "wrong_code"
    status = 422
    text = _("This code is wrong or no longer valid. Check the latest message, or ask for a new code.")


class AccountClosed(Refusal):
    """The patient account was closed."""

    code = "account_closed"
    status = 403
    text = _("This account has been closed. Please ask the registration desk.")


class NotSignedIn(Refusal):
    """No session, or one that ended."""

    code = "not_signed_in"
    status = 401
    text = _("Please sign in again. Nothing you entered was lost.")


class WrongPassword(Refusal):
    """Address and password do not match, or there is no password; which of them is not told."""

    code = "wrong_password"
    status = 422
    text = _("The address or the password is not right. You can also sign in with a code.")


class PasswordLocked(Refusal):
    """Five wrong passwords: the address waits."""

    code = "password_locked"
    status = 429
    text = _("Too many wrong passwords. Try again in %(minutes)s minutes, or sign in with a code now.")


class TooManyTexts(Refusal):
    """The text messages of this hour are used up: for all, for a country, or for an internet address."""

    code = "too_many_texts"
    status = 429
    text = _("We cannot send a text message right now. Use an e-mail address, or try again in %(minutes)s minutes.")


class NoAccountHere(Refusal):
    """The code was right, but the address has no account whose password could be changed."""

    code = "no_account_here"
    status = 404
    text = _("This address has no account yet. Sign in with a code to make one.")


class AddressTaken(Refusal):
    """Another account uses the address."""

    code = "address_taken"
    status = 409
    text = _("Another account uses this address. Sign in there, or delete that account first.")


class LastWayIn(Refusal):
    """What would be taken off is the only way to sign in."""

    code = "last_way_in"
    status = 409
    text = _("This is your only way to sign in. Add an e-mail address or a phone first.")


class WechatTaken(Refusal):
    """This WeChat opens another account."""

    code = "wechat_taken"
    status = 409
    text = _("This WeChat opens another account. Disconnect it there, or delete that account first.")


class WechatLinked(Refusal):
    """The account has another WeChat."""

    code = "wechat_linked"
    status = 409
    text = _("Your account is connected to another WeChat. Disconnect that one first.")


class WechatCodeInvalid(Refusal):
    """WeChat does not know the code: used, older than five minutes, or invented."""

    code = "wechat_code_invalid"
    status = 422
    text = _("The WeChat sign-in has expired. Please try again.")


class WechatBusy(Refusal):
    """WeChat asks to wait."""

    code = "wechat_busy"
    status = 429
    text = _("WeChat asks us to wait. Please try again in a minute, or sign in with a code.")


class WechatUnavailable(Refusal):
    """WeChat does not answer."""

    code = "wechat_unavailable"
    status = 503
    text = _("WeChat does not answer right now. Nothing was changed. Try again, or sign in with a code.")


class UnknownDevice(Refusal):
    """No such signed-in device of this account."""

    code = "unknown_device"
    status = 404
    text = _("This device is not signed in any more.")


class WrongSignIn(Refusal):
    """User name or password do not match, or the account is closed; which of them is not told."""

    code = "wrong_sign_in"
    status = 422
    text = _("The user name or the password is not right.")


class SignInLocked(Refusal):
    """Too many failures: the account waits."""

    code = "sign_in_locked"
    status = 429
    text = _("Too many wrong tries. This sign-in is locked until %(until)s. A security administrator can release it.")


class WrongSecondFactor(Refusal):
    """The six digits do not match the authenticator, or were used already."""

    code = "wrong_second_factor"
    status = 422
    text = _("This code is not right. Wait for the next one in your authenticator app and enter it.")


class WeakPassword(Refusal):
    """The new password fails a rule; `faults` says which."""

    code = "weak_password"
    status = 422
    text = _("Choose a stronger password: %(faults)s")


class WrongCurrentPassword(Refusal):
    """The password in use does not match."""

    code = "wrong_current_password"
    status = 422
    text = _("The current password is not right.")


class UnknownStaffUser(Refusal):
    """No such member of staff."""

    code = "unknown_staff_user"
    status = 404
    text = _("This member of staff does not exist.")


class NotSecurityAdmin(Refusal):
    """Only a security administrator changes how staff sign in (domain brief 10: separated administrators)."""

    code = "not_security_admin"
    status = 403
    text = _("Only a security administrator may do this.")
