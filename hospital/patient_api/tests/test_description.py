"""The description of the API: valid OpenAPI 3.1, complete, and the committed copy is today's."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from jsonschema_rs import validator_for

from hospital.patient_api.api import api


@pytest.fixture(scope="module")
def document():
    text = StringIO()
    call_command("export_openapi", stdout=text)
    return json.loads(text.getvalue())


def test_it_is_the_same_every_time_and_the_committed_copy_is_it(document, project_root):
    text = StringIO()
    call_command("export_openapi", stdout=text)
    assert json.loads(text.getvalue()) == document
    assert json.loads((project_root / "patient-app" / "openapi.json").read_text(encoding="utf-8")) == document


def test_every_reference_leads_somewhere_and_every_schema_is_valid(document):
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    wanted = {part.split('"')[0] for part in json.dumps(document).split('"#/components/schemas/')[1:]}
    assert wanted <= set(schemas)
    for name in schemas:
        validator_for({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


def test_every_operation_has_a_name_a_summary_a_group_and_says_how_it_refuses(document):
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert operation["summary"]
        assert operation["tags"]
        problem = operation["responses"]["default"]["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_the_plain_views_are_described_where_they_are(document):
    assert set(document["paths"]["/api/appointments/hold"]) == {"post"}
    assert set(document["paths"]["/api/sessions/{session_id}/slots"]) == {"get"}
    for path in document["paths"]:
        concrete = path.replace("{", "").replace("}", "").split("/")
        filled = "/".join(
            part if not part.endswith("_id") else "0" * 8 + "-0000-4000-8000-" + "0" * 12 for part in concrete
        )
        assert get_resolver().resolve(filled).func is not None


def test_the_addresses_of_the_document_and_of_the_api_are_the_same():
    assert api.get_openapi_schema()["servers"] == []
