#!/usr/bin/env python3
"""docs.py OPENAPI.json static/docs

Writes the official descriptions of the fields that a person writes, for the editor's field help:
`pod.json` for all types that a Pod is made of, `others.json` for the rest. The page loads them
when the help is opened first, never before.

    {"Container": {"": "A single application container …", "image": "Container image name. …"}}

The description of a type stands under the empty name. Status, which the cluster writes, is left
out, and so is what stands in every object (`apiVersion`, `kind`) but once. A field without a
description of its own shows that of its type. A text that a type before it has already under the
same name is written as `@Type`. Descriptions are kept word for word, but for runs of blanks.
"""
import json
import sys

from schema import SPECIAL, short

# Objects that the cluster writes, in whole.
SKIP = {"ManagedFieldsEntry", "Event", "EventSeries", "EventSource", "EndpointSlice"}


def target(prop):
    """The type that a property's schema names, through lists and maps."""
    while True:
        if "allOf" in prop:
            prop = prop["allOf"][0]
        elif "$ref" in prop:
            return short(prop["$ref"])
        elif "items" in prop:
            prop = prop["items"]
        elif isinstance(prop.get("additionalProperties"), dict):
            prop = prop["additionalProperties"]
        else:
            return None


def written(types, root):
    """The types that a person writes below `root`, in order of meeting."""
    met, todo = [], [root]
    while todo:
        name = todo.pop(0)
        if name in met or name in SKIP or name in SPECIAL or name not in types:
            continue
        met.append(name)
        for field, prop in sorted(types[name].get("properties", {}).items()):
            if field != "status" and target(prop):
                todo.append(target(prop))
    return met


def one(types, names, seen):
    docs = {}
    for name in names:
        fields = {"": types[name].get("description", "")}
        for field, prop in sorted(types[name].get("properties", {}).items()):
            common = field in ("apiVersion", "kind") and name != "Pod"
            if field != "status" and not common:
                fields[field] = prop.get("description", "")
        for field, text in fields.items():
            text = " ".join(text.split())
            first = seen.setdefault((field, text), name) if len(text) > 40 else name
            fields[field] = text if first == name else "@" + first
        docs[name] = {field: text for field, text in fields.items() if text}
    return docs


def main():
    types = {short(full): schema for full, schema in json.load(open(sys.argv[1]))["schemas"].items()}
    kinds = sorted(n for n, s in types.items() if "x-kubernetes-group-version-kind" in s)
    pod = written(types, "Pod")
    others = []
    for kind in kinds:
        others += [name for name in written(types, kind) if name not in pod + others]
    seen = {}
    for file, names in (("pod", pod), ("others", others)):
        with open(f"{sys.argv[2]}/{file}.json", "w") as out:
            json.dump(one(types, names, seen), out, ensure_ascii=False, separators=(",", ":"))
            out.write("\n")


main()
