"""The committed Android and iOS projects: permissions in words, links, icons, and a sync that changes nothing."""

import json
import plistlib
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from launch.apps import WEB, build, sync
from launch.patient_app import APP

ANDROID = APP / "android" / "app" / "src" / "main"
IOS = APP / "ios" / "App" / "App"
NAMESPACE = "{http://schemas.android.com/apk/res/android}"
LANGUAGES = {"en", "zh-Hans", "zh-Hant"}
PUBLIC_URL = "https://imc.example"
LARGEST_FILE = 60_000


def read_strings(language: str) -> dict[str, str]:
    """The words of iOS's permission dialogs."""
    text = (IOS / f"{language}.lproj" / "InfoPlist.strings").read_text(encoding="utf-8")
    return dict(re.findall(r'^(\w+) = "(.+)";$', text, re.MULTILINE))


def info() -> dict[str, Any]:
    """iOS's description of the app."""
    return dict(plistlib.loads((IOS / "Info.plist").read_bytes()))


def test_ios_says_why_it_asks_in_every_language() -> None:
    asked = {name for name in info() if name.endswith("UsageDescription")}
    assert asked == {
        "NSCameraUsageDescription",
        "NSLocationWhenInUseUsageDescription",
        "NSPhotoLibraryUsageDescription",
        "NSPhotoLibraryAddUsageDescription",
    }
    assert set(info()["CFBundleLocalizations"]) == LANGUAGES
    for language in LANGUAGES:
        words = read_strings(language)
        assert set(words) == {*asked, "CFBundleDisplayName"}
        assert all(bool(re.search(r"[一-鿿]", text)) == (language != "en") for text in words.values())
    assert read_strings("en")["NSCameraUsageDescription"] == info()["NSCameraUsageDescription"]


def test_the_words_are_part_of_the_xcode_project() -> None:
    project = (APP / "ios" / "App" / "App.xcodeproj" / "project.pbxproj").read_text(encoding="utf-8")
    for language in LANGUAGES:
        assert f"{language}.lproj/InfoPlist.strings" in project
    assert project.count("CODE_SIGN_ENTITLEMENTS = App/App.entitlements;") == 2
    assert project.count("{") == project.count("}")
    assert project.count("(") == project.count(")")


def test_android_asks_for_camera_place_and_notifications_and_names_its_channel_in_every_language() -> None:
    manifest = ET.parse(ANDROID / "AndroidManifest.xml").getroot()
    permissions = {each.attrib[f"{NAMESPACE}name"].split(".")[-1] for each in manifest.iter("uses-permission")}
    place = {"ACCESS_COARSE_LOCATION", "ACCESS_FINE_LOCATION"}
    assert permissions == {"INTERNET", "ACCESS_NETWORK_STATE", "CAMERA", "POST_NOTIFICATIONS", *place}
    words = {
        folder.name: {each.attrib["name"]: str(each.text) for each in ET.parse(folder / "strings.xml").iter("string")}
        for folder in (ANDROID / "res").glob("values*")
        if (folder / "strings.xml").exists()
    }
    assert set(words) == {"values", "values-zh-rCN", "values-zh-rHK", "values-zh-rTW"}
    shown = set(words["values-zh-rCN"])
    assert shown == {"app_name", "title_activity_main", "visit_channel_name", "visit_channel_description"}
    for folder, texts in words.items():
        assert shown <= set(texts), folder
        assert all(bool(re.search(r"[一-鿿]", texts[name])) == (folder != "values") for name in shown), folder


def test_health_data_is_not_backed_up() -> None:
    application = ET.parse(ANDROID / "AndroidManifest.xml").getroot().find("application")
    assert application is not None
    assert application.attrib[f"{NAMESPACE}allowBackup"] == "false"


def test_both_open_the_same_links() -> None:
    manifest = ET.parse(ANDROID / "AndroidManifest.xml").getroot()
    links = [
        {name.removeprefix(NAMESPACE): value for name, value in data.attrib.items()} for data in manifest.iter("data")
    ]
    assert {"scheme": "https", "host": "${linkHost}", "path": "/"} in links
    assert {"scheme": "@string/custom_url_scheme"} in links
    scheme = next(
        each.text
        for each in ET.parse(ANDROID / "res" / "values" / "strings.xml").iter("string")
        if each.attrib["name"] == "custom_url_scheme"
    )
    assert [scheme] == info()["CFBundleURLTypes"][0]["CFBundleURLSchemes"]
    rights = plistlib.loads((IOS / "App.entitlements").read_bytes())
    assert rights["com.apple.developer.associated-domains"] == ["applinks:$(IMC_LINK_HOST)"]


def test_one_id_everywhere() -> None:
    app_id = json.loads((APP / "capacitor.config.json").read_text(encoding="utf-8"))["appId"]
    gradle = (APP / "android" / "app" / "build.gradle").read_text(encoding="utf-8")
    project = (APP / "ios" / "App" / "App.xcodeproj" / "project.pbxproj").read_text(encoding="utf-8")
    assert f'applicationId "{app_id}"' in gradle
    assert project.count(f"PRODUCT_BUNDLE_IDENTIFIER = {app_id};") == 2
    assert (ANDROID / "java" / Path(*app_id.split(".")) / "MainActivity.java").exists()


def test_the_version_is_that_of_the_app() -> None:
    version = json.loads((APP / "package.json").read_text(encoding="utf-8"))["version"]
    assert f'versionName "{version}"' in (APP / "android" / "app" / "build.gradle").read_text(encoding="utf-8")
    project = (APP / "ios" / "App" / "App.xcodeproj" / "project.pbxproj").read_text(encoding="utf-8")
    assert project.count(f"MARKETING_VERSION = {version};") == 2


def test_icons_are_ours_and_opaque_where_they_must_be() -> None:
    icon = Image.open(IOS / "Assets.xcassets" / "AppIcon.appiconset" / "AppIcon-512@2x.png")
    assert icon.size == (1024, 1024)
    assert icon.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    assert icon.convert("RGB").getpixel((5, 5)) == (0x0A, 0x5F, 0x5A)
    for scale, name in ((1, "splash.png"), (2, "splash@2x.png"), (3, "splash@3x.png")):
        assert Image.open(IOS / "Assets.xcassets" / "Splash.imageset" / name).size == (120 * scale, 120 * scale)


def test_committed_files_are_small() -> None:
    command = ["git", "ls-files", "-z", "android", "ios"]
    names = subprocess.run(command, cwd=APP, capture_output=True, text=True, check=True).stdout.split("\0")
    assert [name for name in names if name and (APP / name).stat().st_size > LARGEST_FILE] == []


@pytest.mark.timeout(600)
def test_a_second_sync_leaves_no_difference() -> None:
    build(PUBLIC_URL)
    before = contents()
    sync()
    assert contents() == before
    sync()
    assert contents() == before
    assert (WEB / "index.html").read_bytes() == (IOS / "public" / "index.html").read_bytes()


def contents() -> dict[str, bytes]:
    """The committed files of both projects."""
    command = ["git", "ls-files", "-z", "android", "ios", "capacitor.config.json"]
    names = subprocess.run(command, cwd=APP, capture_output=True, text=True, check=True).stdout.split("\0")
    return {name: (APP / name).read_bytes() for name in names if name}
