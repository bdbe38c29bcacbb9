"""Who is let in: signature, clock, nonce, key, rate."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor
from hospital.partner_api.tests.callers import Machine, make_machine, new_nonce
from hospital.partners.api import add_key, end_key, forget_calls, set_partner_active, write_request
from hospital.partners.errors import KeyUnusable, TooManyKeys
from hospital.partners.models import PartnerKey, PartnerRequest, SeenNonce
from hospital.partners.types import Algorithm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("X49", "X50", "X51")]
ADMIN = system_actor("test")


def test_a_signed_call_is_answered_and_the_answer_is_signed(machine: Machine):
    answer = machine.get("/heartbeat")
    assert answer.status == 200
    assert answer.body["partner"] == "kiosk"
    assert [each["code"] for each in answer.body["campuses"]] == ["IMC"]
    assert answer.headers["X-IMC-Signature"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_canonical_text_is_what_the_guide_says():
    text = write_request(
        method="post", path="/partner/v1/x", query=[("b", "2 3"), ("a", "é")], timestamp="1", nonce="n", body=b"{}"
    )
    assert text.decode().split("\n") == [
        "IMC-PARTNER-1",
        "POST",
        "/partner/v1/x",
        "a=%C3%A9&b=2%203",
        "1",
        "n",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signature": "AAAA"}, "signature_wrong"),
        ({"signature": "no base64!"}, "signature_wrong"),
        ({"signed_body": b"{}"}, "signature_wrong"),
        ({"timestamp": "soon"}, "timestamp_outside_window"),
        ({"nonce": "short"}, "signature_missing"),
    ],
)
def test_a_call_with_a_wrong_signature_is_refused(machine: Machine, changes, code):
    assert machine.post("/holds", {"request_no": "x" * 8}, **changes).code == code
    assert not SeenNonce.objects.exists()


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_call_and_one_from_the_future_are_refused(machine: Machine, seconds):
    at = str(int((TEN + timedelta(seconds=seconds)).timestamp()))
    assert machine.send("GET", "/heartbeat", timestamp=at).code == "timestamp_outside_window"


@pytest.mark.parametrize("seconds", [-299, 299])
def test_clocks_may_differ_a_little(machine: Machine, seconds):
    at = str(int((TEN + timedelta(seconds=seconds)).timestamp()))
    assert machine.send("GET", "/heartbeat", timestamp=at).status == 200


def test_a_replay_is_refused_for_as_long_as_its_timestamp_would_be_taken(machine: Machine, clock):
    nonce = new_nonce()
    at = str(int((TEN + timedelta(seconds=299)).timestamp()))
    assert machine.send("GET", "/heartbeat", nonce=nonce, timestamp=at).status == 200
    clock.now = TEN + timedelta(seconds=590)
    forget_calls(now=clock.now)
    assert machine.send("GET", "/heartbeat", nonce=nonce, timestamp=at).code == "request_replayed"
    clock.now = TEN + timedelta(minutes=16)
    assert forget_calls(now=clock.now) > 0
    assert not SeenNonce.objects.exists()
    assert machine.send("GET", "/heartbeat", nonce=nonce, timestamp=at).code == "timestamp_outside_window"


def test_a_nonce_belongs_to_its_partner(machine: Machine):
    other = make_machine("bank")
    nonce = new_nonce()
    assert machine.send("GET", "/heartbeat", nonce=nonce).status == 200
    assert other.send("GET", "/heartbeat", nonce=nonce).status == 200


def test_two_keys_work_while_they_are_changed_and_an_ended_one_does_not(machine: Machine):
    new = add_key(code="kiosk", algorithm=Algorithm.HMAC, actor=ADMIN, now=TEN)
    later = Machine(key_id=new.key_id, secret=new.secret)
    assert machine.get("/heartbeat").status == later.get("/heartbeat").status == 200
    with pytest.raises(TooManyKeys):
        add_key(code="kiosk", algorithm=Algorithm.HMAC, actor=ADMIN, now=TEN)
    end_key(key_id=machine.key_id, actor=ADMIN, now=TEN)
    assert machine.get("/heartbeat").code == "unknown_partner_key"
    assert later.get("/heartbeat").status == 200
    add_key(code="kiosk", algorithm=Algorithm.HMAC, actor=ADMIN, now=TEN)
    assert PartnerKey.objects.filter(ended_at=None).count() == 2


def test_a_partner_that_was_switched_off_is_refused(machine: Machine):
    set_partner_active(code="kiosk", is_active=False, actor=ADMIN, now=TEN)
    assert machine.get("/heartbeat").code == "unknown_partner_key"


def test_secrets_are_encrypted_at_rest(machine: Machine):
    row = PartnerKey.objects.get()
    assert machine.secret not in row.secret + row.answer_secret


def test_rsa_both_ways(machine: Machine):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    new = add_key(code="kiosk", algorithm=Algorithm.RSA, public_key=public.decode(), actor=ADMIN, now=TEN)
    signing = Machine(key_id=new.key_id, secret=private.decode(), algorithm=Algorithm.RSA, answer_key=new.answer_key)
    assert signing.get("/heartbeat").status == 200
    assert signing.send("GET", "/heartbeat", signature="QUJD").code == "signature_wrong"
    assert new.secret == ""


def test_a_small_key_is_refused(machine: Machine):
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    pem = small.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for text in (pem.decode(), "no key"):
        with pytest.raises(KeyUnusable):
            add_key(code="kiosk", algorithm=Algorithm.RSA, public_key=text, actor=ADMIN, now=TEN)


def test_a_partner_has_a_rate(db, clock):
    slow = make_machine("slow", rate=3)
    assert [slow.get("/heartbeat").status for _ in range(4)] == [200, 200, 200, 429]
    refused = slow.get("/heartbeat")
    assert refused.code == "too_many_requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    clock.now = TEN + timedelta(minutes=1)
    assert slow.get("/heartbeat").status == 200


def test_errors_are_signed_problem_documents_in_both_languages(machine: Machine):
    unknown = machine.get("/nothing-here")
    assert (unknown.status, unknown.code) == (404, "unknown_address")
    assert machine.get("/payments").code == "wrong_method"
    shapeless = machine.post("/payments", {"request_no": "short"})
    assert shapeless.code == "malformed_request"
    assert {each["at"] for each in shapeless.body["facts"]["fields"]} >= {"body.body.request_no", "body.body.amount"}
    chinese = machine.send("GET", "/nothing-here", language="zh-CN")
    assert chinese.body["detail"] == chinese.body["text"]["zh"] != chinese.body["text"]["en"]
    assert machine.send("POST", "/payments", body=b"{no json").code == "bad_request"
    assert not PartnerRequest.objects.exists()


def test_the_description_is_open_to_all(client):
    answer = client.get("/partner/v1/openapi.json")
    assert answer.status_code == 200
    document = answer.json()
    assert set(document["components"]["securitySchemes"]) == {"ImcKey", "ImcTimestamp", "ImcNonce", "ImcSignature"}
    assert "/partner/v1/payments" in document["paths"]
    assert client.get("/partner/v1/docs").status_code == 200
    assert client.get("/partner/v1/heartbeat").status_code == 401
