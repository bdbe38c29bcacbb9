"""The OpenAPI 3.1 document of the API."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from hospital.patient_api import availability, hot_paths, live
from hospital.patient_api.problems import CONTENT_TYPE
from hospital.patient_api.schemas import Problem

_PROBLEM = {
    "description": "Refused or not possible; `code` says why and stays the same, `detail` is for people",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_METHODS = {"get", "post", "put", "patch", "delete"}


class DescribedApi(NinjaAPI):
    """Adds to what Ninja writes: the plain views of the hot paths, and the problem document of every operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document; the same for the same code."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        plain = hot_paths.OPENAPI_PATHS | live.OPENAPI_PATHS | availability.OPENAPI_PATHS
        document["paths"] = dict(sorted({**document["paths"], **plain}.items()))
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for methods in document["paths"].values():
            for method, operation in methods.items():
                if method in _METHODS:
                    # What a view adds by number replaces what Ninja wrote under the same status.
                    answers = {str(status): answer for status, answer in operation["responses"].items()}
                    operation["responses"] = {**answers, "default": _PROBLEM}
        return document

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view, for clients that make their functions from the document."""
        return operation.view_func.__name__
