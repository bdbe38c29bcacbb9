"""Android and iOS find out which app opens the links of this host (A01)."""

import pytest
from django.test import Client

pytestmark = pytest.mark.requirement("A01")
ANDROID, IOS = "/.well-known/assetlinks.json", "/.well-known/apple-app-site-association"
PRINT = ":".join(["0A"] * 32)


@pytest.mark.parametrize("address", [ANDROID, IOS])
def test_nothing_is_claimed_while_nothing_is_set(address):
    assert Client().get(address).status_code == 404


def test_android_finds_the_fingerprints_of_the_app(settings):
    settings.ANDROID_FINGERPRINTS = [PRINT.lower(), "not a fingerprint"]
    answer = Client().get(ANDROID)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    (statement,) = answer.json()
    assert statement["relation"] == ["delegate_permission/common.handle_all_urls"]
    assert statement["target"] == {
        "namespace": "android_app",
        "package_name": "cn.yuelan.imc",
        "sha256_cert_fingerprints": [PRINT],
    }


def test_ios_finds_the_app_and_which_links_it_opens(settings):
    settings.IOS_APPS = ["ABCDE12345.cn.yuelan.imc", "no team"]
    answer = Client().get(IOS)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    (details,) = answer.json()["applinks"]["details"]
    assert details == {"appIDs": ["ABCDE12345.cn.yuelan.imc"], "components": [{"/": "/", "#": "/*"}]}


def test_what_is_no_app_is_not_served(settings):
    settings.ANDROID_FINGERPRINTS, settings.IOS_APPS = ["xx"], ["xx"]
    assert {Client().get(address).status_code for address in (ANDROID, IOS)} == {404}
