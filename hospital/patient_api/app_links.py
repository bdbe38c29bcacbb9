"""/.well-known/: which apps may open the links of this host. Android and iOS ask for it when the app is installed."""

import re
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

_FINGERPRINT: Final = re.compile(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}")
_IOS_APP: Final = re.compile(r"[A-Z0-9]{10}\.[\w.-]+")
_KEPT: Final = {"Cache-Control": "public, max-age=3600"}


@require_safe
def android_links(request: HttpRequest) -> JsonResponse:
    """`assetlinks.json`: the app's id with the SHA-256 fingerprints of its keystores. 404 while none is set."""
    prints = [each.upper() for each in settings.ANDROID_FINGERPRINTS if _FINGERPRINT.fullmatch(each.upper())]
    if not prints:
        raise Http404
    target = {"namespace": "android_app", "package_name": settings.ANDROID_APP, "sha256_cert_fingerprints": prints}
    body = [{"relation": ["delegate_permission/common.handle_all_urls"], "target": target}]
    return JsonResponse(body, safe=False, headers=_KEPT)


@require_safe
def ios_links(request: HttpRequest) -> JsonResponse:
    """`apple-app-site-association`: the apps as TEAM.bundle, which open the page of the app. 404 while none is set."""
    apps = [each for each in settings.IOS_APPS if _IOS_APP.fullmatch(each)]
    if not apps:
        raise Http404
    details = [{"appIDs": apps, "components": [{"/": "/", "#": "/*"}]}]
    return JsonResponse({"applinks": {"details": details}}, headers=_KEPT)


urlpatterns = [
    path("assetlinks.json", android_links, name="android-links"),
    path("apple-app-site-association", ios_links, name="ios-links"),
]
