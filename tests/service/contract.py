# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds answers of the Gateway API against data/gateway-api.yaml."""

import json
import re
import urllib.parse
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

DOCUMENT = Path(__file__).resolve().parents[2] / "data" / "gateway-api.yaml"


class ContractBroken(AssertionError):
    """An answer is not one that the document allows."""


class Contract:
    """The OpenAPI document (`document`), and which of the answers that it describes have been seen."""

    def __init__(self, path: Path = DOCUMENT):
        self.document = self._api = yaml.safe_load(path.read_text())
        self._paths = {re.compile("^" + re.sub(r"\{\w+\}", r"(?:0|[1-9][0-9]{0,9})", template) + "$"): item
                       for template, item in self._api["paths"].items()}
        self._validators = {}
        self._held: set[tuple[str, bytes]] = set()
        self.seen: set[tuple[str, int]] = set()
        self.answers = 0

    def documented(self) -> set[tuple[str, int]]:
        """Every operation with every status that it may answer."""
        return {(operation["operationId"], int(status)) for item in self._api["paths"].values()
                for operation in item.values() for status in operation["responses"]}

    def operations(self) -> Iterator[tuple[str, str, dict]]:
        """Method, path template and description of every operation."""
        for template, item in self._api["paths"].items():
            for method, operation in item.items():
                yield method.upper(), template, operation

    def is_known(self, method: str, path: str) -> bool:
        """Whether there is such an operation."""
        item = self._item(path)
        return item is not None and method.lower() in item and method.isupper()

    def fits(self, schema: dict, document: object) -> bool:
        """Whether DOCUMENT is what SCHEMA, a part of the document, allows."""
        return self._validator(schema).is_valid(document)

    def check(self, method: str, path: str, status: int, headers: HTTPMessage, body: bytes) -> None:
        """Raises ContractBroken if an answer to METHOD PATH is not as the document has it."""
        self.answers += 1
        response, name = self._find(method, path, status)
        self._check_headers(name, response, headers)
        self._check_body(name, response, headers, body)

    def configuration_errors(self, document: object) -> list[str]:
        """What is wrong with DOCUMENT as a configuration."""
        validator = self._validator({"$ref": "#/components/schemas/Configuration"})
        return [error.message for error in validator.iter_errors(document)]

    def _item(self, path: str) -> dict | None:
        path = urllib.parse.unquote(path.partition("?")[0], errors="surrogateescape")
        return next((item for pattern, item in self._paths.items() if pattern.match(path)), None)

    def _find(self, method: str, path: str, status: int) -> tuple[dict, str]:
        item = self._item(path)
        if not self.is_known(method, path):
            other = 404 if item is None else 405
            response = {404: "NotFound", 405: "MethodNotAllowed", 431: "HeadersTooLarge"}.get(status if status == 431 else other)
            return self._resolve({"$ref": f"#/components/responses/{response}"}), f"{method} {path}: {status}"
        operation = item[method.lower()]
        if str(status) not in operation["responses"]:
            raise ContractBroken(f"{operation['operationId']} answers {status}, which the document does not know")
        self.seen.add((operation["operationId"], status))
        return self._resolve(operation["responses"][str(status)]), f"{operation['operationId']} {status}"

    def _check_headers(self, name: str, response: dict, headers: HTTPMessage) -> None:
        for header, description in response.get("headers", {}).items():
            description = self._resolve(description)
            value = headers.get(header)
            if value is None:
                raise ContractBroken(f"{name}: the header {header} is missing")
            schema = description["schema"]
            self._validate(f"{name}: {header}", schema, int(value) if schema.get("type") == "integer" else value)

    def _check_body(self, name: str, response: dict, headers: HTTPMessage, body: bytes) -> None:
        media_type = headers.get_content_type()
        if media_type not in response["content"]:
            raise ContractBroken(f"{name} is of the type {media_type}")
        if (name, body) in self._held:
            return
        document = json.loads(body)
        if "problem" in media_type and not name.endswith(str(document.get("status"))):
            raise ContractBroken(f"{name}: its document speaks of the status {document.get('status')}")
        self._validate(name, response["content"][media_type]["schema"], document)
        if len(body) < 4096:
            self._held.add((name, body))

    def _validate(self, name: str, schema: dict, instance: object) -> None:
        for error in self._validator(schema).iter_errors(instance):
            raise ContractBroken(f"{name}: {error.json_path}: {error.message}")

    def _validator(self, schema: dict) -> Draft202012Validator:
        key = json.dumps(schema)
        if key not in self._validators:
            self._validators[key] = Draft202012Validator(schema | {"components": self._api["components"]})
        return self._validators[key]

    def _resolve(self, node: dict) -> dict:
        while "$ref" in node and node["$ref"].startswith("#/"):
            target = self._api
            for part in node["$ref"][2:].split("/"):
                target = target[part]
            node = target
        return node
