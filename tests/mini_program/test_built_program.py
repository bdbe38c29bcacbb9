"""What WeChat checks when the mini program is uploaded."""

import json
import re
import shutil
from pathlib import Path

import pytest

from launch.mini_program import (
    MOST_BYTES,
    list_compiler_faults,
    list_size_faults,
    package_sizes,
    write_project,
)
from tests.mini_program.built import PUBLIC_URL, built_program

pytestmark = pytest.mark.timeout(400)  # the first of these builds the program
FOREIGN = re.compile(r"https?://([a-z0-9.-]+)", re.IGNORECASE)
# Names of XML and words of warnings, never asked for anything; the hospital's own address.
NAMES_ONLY = {"www.w3.org", "vuejs.org", "uniapp.dcloud.net.cn", PUBLIC_URL.removeprefix("https://")}


@pytest.fixture(scope="module")
def program() -> Path:
    return built_program()


def test_each_package_is_small_enough(program: Path) -> None:
    sizes = package_sizes(program)
    app = json.loads((program / "app.json").read_text(encoding="utf-8"))
    assert set(sizes) == {"main", *(each["root"] for each in app["subPackages"])}
    assert list_size_faults(sizes) == []
    assert max(sizes.values()) < MOST_BYTES


def test_a_package_that_grew_too_large_is_named() -> None:
    assert list_size_faults({"main": MOST_BYTES, "bills": MOST_BYTES + 1}) == [
        "package bills has 1,500,001 bytes, more than 1,500,000"
    ]


def test_files_count_for_the_subpackage_that_they_lie_in(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_text('{"subPackages": [{"root": "bills/"}]}', encoding="utf-8")
    for name, size in (("app.js", 10), ("bills/a.js", 200), ("bills-of/a.js", 3000)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    own = (tmp_path / "app.json").stat().st_size
    assert package_sizes(tmp_path) == {"main": own + 3010, "bills": 200}


def test_the_compilers_of_wechat_take_every_file(program: Path) -> None:
    assert list_compiler_faults(program) == []


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("pages/home.wxml", "<view><text></view>", "expect end-tag `text`"),
        ("app.wxss", ".a { color: red", "unexpected token"),
        ("app.wxss", "* { color: red }", "unexpected token `*`"),
    ],
)
def test_a_broken_file_is_refused(program: Path, tmp_path: Path, name: str, content: str, fault: str) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(program, broken)
    (broken / name).write_text(content, encoding="utf-8")
    faults = list_compiler_faults(broken)
    assert len(faults) == 1
    assert fault in faults[0]


def test_the_program_knows_no_foreign_host(program: Path) -> None:
    texts = [path for path in program.rglob("*") if path.suffix in {".js", ".json", ".wxml", ".wxss"}]
    hosts = {host for path in texts for host in FOREIGN.findall(path.read_text(encoding="utf-8"))}
    assert hosts <= NAMES_ONLY
    assert any(PUBLIC_URL in path.read_text(encoding="utf-8") for path in texts)


def test_the_tools_of_wechat_get_the_operators_app_id(tmp_path: Path) -> None:
    file = tmp_path / "project.config.json"
    file.write_text('{"appid": "touristappid", "setting": {"urlCheck": false}}', encoding="utf-8")
    write_project(file, "wx0123456789abcdef")
    project = json.loads(file.read_text(encoding="utf-8"))
    assert project == {"appid": "wx0123456789abcdef", "setting": {"urlCheck": True}}
