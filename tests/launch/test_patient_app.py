"""What the launcher does for the patient app: it installs and builds only what changed, and names what is missing."""

import json
import subprocess
from pathlib import Path

import pytest

from launch import patient_app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose packages are exactly those of its lock."""
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    write_lock(tmp_path / "package-lock.json", {"": {}, "node_modules/a": {"version": "1.0.0"}})
    write_lock(tmp_path / "node_modules" / ".package-lock.json", {"node_modules/a": {"version": "1.0.0"}})
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were started instead of running them."""
    commands: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, stdout="v20.1.0", stderr="")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(patient_app, "ROOT", Path("/"))
    return commands


def write_lock(file: Path, packages: dict[str, dict[str, object]]) -> None:
    file.write_text(json.dumps({"packages": packages}), encoding="utf-8")


def installs(commands: list[list[str]]) -> int:
    return sum("ci" in command for command in commands)


def test_does_not_install_what_is_there(folder: Path, started: list[list[str]]) -> None:
    patient_app.install_locked(folder)
    assert installs(started) == 0


def test_installs_once_after_the_lock_has_changed(folder: Path, started: list[list[str]]) -> None:
    write_lock(folder / "package-lock.json", {"": {}, "node_modules/a": {"version": "2.0.0"}})
    patient_app.install_locked(folder)
    patient_app.install_locked(folder)
    assert installs(started) == 1


@pytest.mark.parametrize(
    ("lock", "is_locked"),
    [
        ({"node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"version": "1", "optional": True}}, True),
        ({"node_modules/a": {"version": "1.0.0"}, "node_modules/b": {"version": "1"}}, False),
        ({"node_modules/b": {"version": "1"}}, False),
    ],
    ids=["a package for other machines", "one is missing", "one too many"],
)
def test_knows_what_an_install_by_hand_has_left(folder: Path, lock: dict, is_locked: bool) -> None:
    write_lock(folder / "package-lock.json", {"": {}, **lock})
    assert patient_app.has_locked_packages(folder) is is_locked


def test_names_node_when_it_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("IMC_NODE", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit):
        patient_app.find_node()
    said = capsys.readouterr().err
    assert "Node.js 20" in said
    assert "IMC_NODE" in said


def test_refuses_an_old_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v16.20.0\n")
    node.chmod(0o755)
    monkeypatch.setenv("IMC_NODE", str(node))
    with pytest.raises(SystemExit):
        patient_app.find_node()
    assert "v16.20.0" in capsys.readouterr().err


def test_tools_of_the_app_get_nothing_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMC_SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    found = patient_app.node_environment({"IMC_PSEUDO": "1"})
    assert found["IMC_PSEUDO"] == "1"
    assert not {"IMC_SECRET_KEY", "DATABASE_URL"} & set(found)
