"""The layers of the contexts, read from the contract in pyproject.toml so that they are written down once."""

import tomllib

from launch.environment import ROOT

FRONT_DOORS = {"api", "types", "errors", "ports", "states"}
# The kernel is everybody's vocabulary: money, ids, transitions. A workflow's file is one story and its own front door.
OPEN_CONTEXTS = {"kernel", "workflows"}
FACES = {"staff_web", "patient_api", "partner_api"}


def rank_of_contexts() -> dict[str, int]:
    """The height of each context: 0 at the bottom."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(each for each in contracts if each["id"] == "layers")["layers"]
    return {name.strip(" ()"): rank for rank, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def context_of(module: str) -> str:
    """The context of a module below `hospital`, empty for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""
