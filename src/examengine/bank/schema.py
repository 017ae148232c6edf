"""JSON Schemas of a bank's files, made from the models: what authors type, for editors to complete and to check.

They speak draft 7, which every editor reads. What only the reader can tell (ids that exist, keys among the options,
figures that agree) is left to `bank check`; whatever a schema refuses, the reader refuses or would read otherwise.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from examengine.bank.bank import BankManifest, ExerciseFile
from examengine.bank.blueprint import Blueprint, BlueprintDomain
from examengine.bank.notebook_exercise import NotebookExerciseFile
from examengine.bank.stimulus import StimulusFile
from examengine.bank.template.item_template import NOT_FILLED
from examengine.bank.template.parameters import TemplateHead
from examengine.core.model import Model
from examengine.itemtypes.registry import ITEM_TYPES

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_CODING = "coding"
_FILES: Mapping[str, tuple[type[Model], str]] = {
    "bank": (BankManifest, "bank.yaml"),
    "stimuli": (StimulusFile, "a file of stimuli/"),
    "exercise": (ExerciseFile, "exercise.yaml"),
    "notebook-exercise": (NotebookExerciseFile, "exercise.yaml beside a notebook"),
    "blueprint": (Blueprint, "a file of exams/"),
}
_LISTS = ("stimuli",)
KINDS = ("bank", "items", "stimuli", "exercise", "notebook-exercise", "blueprint")
_OF_TEMPLATE = "-of-a-template"
_PLACEHOLDER: Schema = {"type": "string", "pattern": r"\{\{"}
_HOLDS_SCHEMAS = ("properties", "patternProperties", "$defs")
_HOLDS_SCHEMA = ("items", "additionalProperties", "propertyNames", "additionalItems", "not", "if", "then", "else")
_LISTS_SCHEMAS = ("anyOf", "oneOf", "allOf", "items")


def kind_of(name: str, *, beside_notebook: bool = False) -> str | None:
    """Return the kind of a file by its name relative to the bank; None where no schema speaks of it."""
    if name == "bank.yaml":
        return "bank"
    if name.startswith("exercises/") and name.endswith("/exercise.yaml"):
        return "notebook-exercise" if beside_notebook else "exercise"
    kinds = {"items": "items", "stimuli": "stimuli", "exams": "blueprint"}
    return kinds.get(name.split("/", 1)[0]) if name.endswith(".yaml") else None


@cache
def schema_of(kind: str) -> Schema:
    """Return the schema of one kind of file, one of `KINDS`."""
    return _items_schema() if kind == "items" else _file_schema(kind)


def _file_schema(kind: str) -> Schema:
    model, title = _FILES[kind]
    roots, definitions = _from_models([model])
    if model is Blueprint:
        _let_weights_be_ranges(definitions)
    whole: Schema = {"$schema": DRAFT, "title": f"examengine: {title}"}
    if kind in _LISTS:
        whole |= {"type": "array", "items": {"$ref": roots[model]}}
    else:
        whole |= {"allOf": [{"$ref": roots[model]}]}
    return whole | {"$defs": definitions}


def _items_schema() -> Schema:
    models = {name: spec.model for name, spec in ITEM_TYPES.items() if name != _CODING}
    roots, definitions = _from_models([*models.values(), TemplateHead])
    head = definitions.pop(_name(roots[TemplateHead]))
    for name in list(definitions):
        definitions[name + _OF_TEMPLATE] = _of_template(definitions[name])
    cases = []
    for kind, model in models.items():
        own = _name(roots[model])
        variant = definitions[own + _OF_TEMPLATE]
        for field, plain in definitions[own]["properties"].items():
            if field in NOT_FILLED:
                variant["properties"][field] = plain
        variant["properties"] |= head["properties"]
        cases.append(
            {
                "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
                "then": {
                    "if": {"anyOf": [{"required": [name]} for name in head["properties"]]},
                    "then": {"$ref": f"#/$defs/{own}{_OF_TEMPLATE}"},
                    "else": {"$ref": f"#/$defs/{own}"},
                },
            }
        )
    item: Schema = {
        "type": "object",
        "required": ["id", "type"],
        "properties": {"type": {"enum": list(models), "description": "What the candidate does with it."}},
        "allOf": cases,
    }
    whole: Schema = {"$schema": DRAFT, "title": "examengine: a file of items/", "type": "array", "items": item}
    return whole | {"$defs": _reached(whole, definitions)}


def _from_models(models: list[type[Model]]) -> tuple[dict[type[Model], str], dict[str, Schema]]:
    """Return the reference of each model, and all definitions, as authors type them."""
    by_model, whole = models_json_schema([(model, "validation") for model in models], ref_template="#/$defs/{model}")
    roots = {model: by_model[model, "validation"]["$ref"] for model in models}
    return roots, {name: _as_typed(schema) for name, schema in whole["$defs"].items()}


def _as_typed(schema: Schema) -> Schema:
    """Return a schema in draft 7, without names that only repeat the fields', and open to texts written as numbers."""
    own = {key: value for key, value in schema.items() if key != "title" and (key != "default" or value is not None)}
    own = _within(own, _as_typed)
    if "prefixItems" in own:
        own["items"] = [_as_typed(one) for one in own.pop("prefixItems")]
        own["additionalItems"] = False
    if "patternProperties" in own:
        own.setdefault("additionalProperties", False)
    if "$ref" in own and len(own) > 1:
        own["allOf"] = [{"$ref": own.pop("$ref")}]
    own.pop("discriminator", None)
    if own.get("type") == "string" and own.get("format") == "date":
        return own | {"pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if own.get("type") == "string" and "enum" not in own and "const" not in own:
        # `text: 0.50` means the text 0.50.
        pattern = re.compile(own.get("pattern", ""))
        also = [name for name, sample in (("number", "1"), ("boolean", "true")) if pattern.search(sample)]
        own["type"] = ["string", *also] if also else "string"
    return own


def _of_template(schema: Schema) -> Schema:
    """Return a schema in which each value may be a placeholder, and each reference leads to such a schema."""
    if "$ref" in schema:
        return {**schema, "$ref": schema["$ref"] + _OF_TEMPLATE}
    own = _within(schema, _of_template)
    kinds = own.get("type", [])
    is_scalar = "enum" in own or "const" in own or bool({"integer", "number", "boolean", "string"} & {*_listed(kinds)})
    if not is_scalar or ("string" in _listed(kinds) and "pattern" not in own and "enum" not in own):
        return own
    described = {"description": own.pop("description")} if "description" in own else {}
    return {"anyOf": [own, _PLACEHOLDER]} | described


def _within(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """Return a schema with those directly in it changed."""
    own = dict(schema)
    for key in _HOLDS_SCHEMAS:
        if key in own:
            own[key] = {name: change(one) for name, one in own[key].items()}
    for key in _HOLDS_SCHEMA:
        if isinstance(own.get(key), dict):
            # The names of fields are no values.
            own[key] = own[key] if key == "propertyNames" and change is _of_template else change(own[key])
    for key in _LISTS_SCHEMAS:
        if isinstance(own.get(key), list):
            own[key] = [change(one) for one in own[key]]
    return own


def _let_weights_be_ranges(definitions: dict[str, Schema]) -> None:
    """A weight may be `{from: 15, to: 20}`, which the model keeps in a field of its own."""
    fields = definitions[BlueprintDomain.__name__]["properties"]
    ranges = fields.pop("weight_range")
    fields["weight"]["anyOf"] = [*fields["weight"]["anyOf"], *ranges["anyOf"]]


def _reached(whole: Schema, definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return the definitions that a schema leads to."""
    found: dict[str, Schema] = {}
    todo = list(_references(whole))
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = definitions[name]
            todo += _references(definitions[name])
    return dict(sorted(found.items()))


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "$ref" and isinstance(one, str):
                yield _name(one)
            else:
                yield from _references(one)
    elif isinstance(value, list):
        for one in value:
            yield from _references(one)


def _name(reference: str) -> str:
    return reference.removeprefix("#/$defs/")


def _listed(kinds: str | list[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else kinds
