"""What `imc` does to an environment that is not as it should be; it never harms one that belongs to another copy."""

import os
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def imc(project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The file `imc` as a module, at work in a folder of its own that holds the two locks."""
    loader = SourceFileLoader("imc", str(project_root / "imc"))
    spec = spec_from_loader("imc", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    place = tmp_path / "project"
    place.mkdir()
    for name in module.LOCKS.values():
        (place / name).write_text(f"# {name}\n")
    venv = place / ".venv"
    for name, value in {
        "ROOT": str(place),
        "VENV": str(venv),
        "PYTHON": str(venv / "bin" / "python"),
        "STAMP": str(venv / "installed.stamp"),
    }.items():
        monkeypatch.setattr(module, name, value)
    return module


def make_environment(folder: Path, stamp: str) -> None:
    (folder / "bin").mkdir(parents=True)
    for name in ("python", "pip"):
        (folder / "bin" / name).touch()
    (folder / "installed.stamp").write_text(stamp)


@pytest.mark.parametrize(
    ("installed", "wanted", "is_current"),
    [("dev", "dev", True), ("dev", "runtime", True), ("runtime", "runtime", True), ("runtime", "dev", False)],
)
def test_an_environment_for_development_serves_both(
    imc: ModuleType, installed: str, wanted: str, is_current: bool
) -> None:
    make_environment(Path(imc.VENV), imc.stamp_of(installed))
    assert imc.is_current(wanted) is is_current


def test_a_changed_lock_makes_it_stale(imc: ModuleType) -> None:
    make_environment(Path(imc.VENV), imc.stamp_of("runtime"))
    (Path(imc.ROOT) / "requirements.lock").write_text("# other\n")
    assert not imc.is_current("runtime")
    assert imc.is_usable()


def test_an_environment_that_was_moved_is_made_again(imc: ModuleType) -> None:
    make_environment(Path(imc.VENV), imc.stamp_of("runtime").replace("project", "elsewhere"))
    assert not imc.is_current("runtime")
    assert not imc.is_usable()


def test_a_linked_environment_is_used_and_never_changed(imc: ModuleType, tmp_path: Path) -> None:
    other = tmp_path / "other" / ".venv"
    make_environment(other, imc.stamp_of("dev").replace("project", "other"))
    Path(imc.VENV).symlink_to(other)
    assert imc.is_current("dev")

    (Path(imc.ROOT) / "requirements-dev.lock").write_text("# other\n")
    before = sorted(path.name for path in other.rglob("*"))
    with pytest.raises(SystemExit):
        imc.prepare("dev")
    assert sorted(path.name for path in other.rglob("*")) == before


def test_a_folder_that_is_no_environment_is_left_alone(imc: ModuleType) -> None:
    Path(imc.VENV).mkdir()
    (Path(imc.VENV) / "letter.txt").write_text("keep me")
    with pytest.raises(SystemExit):
        imc.make_environment()
    assert (Path(imc.VENV) / "letter.txt").read_text() == "keep me"


def test_bytecode_that_may_not_lie_beside_the_sources_is_kept_all_the_same(
    imc: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    imc.keep_bytecode()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert Path(os.environ.pop("PYTHONPYCACHEPREFIX")).parent == Path(imc.VENV)
