"""The OpenAPI 3.1 document of the interfaces for partners."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from hospital.partner_api.problems import CONTENT_TYPE
from hospital.partner_api.schemas import Problem

_HEADERS = {
    "ImcKey": ("X-IMC-Key", "The number of the key"),
    "ImcTimestamp": ("X-IMC-Timestamp", "Seconds since 1970, at most five minutes away from our clock"),
    "ImcNonce": ("X-IMC-Nonce", "16 to 64 letters, digits, - or _; never used before"),
    "ImcSignature": ("X-IMC-Signature", "Base64 of the HMAC-SHA256 or RSA-SHA256 (PKCS #1 v1.5) of the canonical text"),
}
_PROBLEM = {
    "description": "Refused or not possible; `code` says why and stays the same",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_METHODS = {"get", "post"}


class DescribedPartnerApi(NinjaAPI):
    """Adds to what Ninja writes: the four headers of the signature, and the problem document of every operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document; the same for the same code."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        document["components"]["securitySchemes"] = {
            name: {"type": "apiKey", "in": "header", "name": header, "description": what}
            for name, (header, what) in _HEADERS.items()
        }
        document["security"] = [{name: [] for name in _HEADERS}]
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        for methods in document["paths"].values():
            for method, operation in methods.items():
                if method in _METHODS:
                    answers = {str(status): answer for status, answer in operation["responses"].items()}
                    operation["responses"] = {**answers, "default": _PROBLEM}
        return document

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view."""
        return operation.view_func.__name__
