"""`imc` and the package `launch` name the same commands."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

from launch.__main__ import COMMANDS


def test_every_command_of_imc_has_a_module_and_a_description(project_root: Path) -> None:
    loader = SourceFileLoader("imc", str(project_root / "imc"))
    spec = spec_from_loader("imc", loader)
    assert spec is not None
    imc = module_from_spec(spec)
    loader.exec_module(imc)
    assert set(imc.COMMANDS) == set(COMMANDS)
    for name, (lock, description) in imc.COMMANDS.items():
        assert (project_root / imc.LOCKS[lock]).exists()
        assert description, name
        assert (project_root / "launch" / f"{COMMANDS[name]}.py").exists(), name
