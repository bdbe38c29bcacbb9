"""A context is entered by its front door: `api`, `types`, `errors`, `ports`, `states`."""

import grimp

from tests.architecture.layers import FRONT_DOORS, OPEN_CONTEXTS, context_of


def is_free(importer: str) -> bool:
    """Tests may look behind the doors, and migrations repeat what was true when they were written."""
    return bool({"tests", "migrations"} & set(importer.split(".")))


def list_intrusions(graph: grimp.ImportGraph) -> list[str]:
    """Imports of another context's inner modules."""
    found = []
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            source, target = context_of(importer), context_of(imported)
            if not source or not target or source == target or target in OPEN_CONTEXTS or is_free(importer):
                continue
            if imported.count(".") < 2 or imported.split(".")[2] not in FRONT_DOORS:
                found.append(f"{importer} imports {imported}")
    return found


def test_contexts_are_entered_by_their_front_doors() -> None:
    graph = grimp.build_graph("hospital", cache_dir=None)
    assert list_intrusions(graph) == []


def test_an_intrusion_is_seen() -> None:
    graph = grimp.ImportGraph()
    for module in (
        "hospital.billing.services",
        "hospital.catalog.models",
        "hospital.catalog.api",
        "hospital.kernel.money",
    ):
        graph.add_module(module)
        if not module.startswith("hospital.billing"):
            graph.add_import(importer="hospital.billing.services", imported=module)
    assert list_intrusions(graph) == ["hospital.billing.services imports hospital.catalog.models"]
