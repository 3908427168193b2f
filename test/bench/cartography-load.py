"""
Loads a cluster observation (argv[1], gzip JSON) into the Neo4j of NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD with
Cartography's own loader: first into an empty graph, then again unchanged. Prints its figures as one line of JSON.
Every label becomes a node schema with all its properties, every kind of relationship a MatchLink schema.
"""

import gzip
import json
import os
import sys
import time
from dataclasses import field, make_dataclass
from itertools import groupby

import neo4j
from cartography.client.core.tx import load, load_matchlinks
from cartography.models.core.common import PropertyRef
from cartography.models.core.nodes import CartographyNodeProperties, CartographyNodeSchema
from cartography.models.core.relationships import (
    CartographyRelProperties,
    CartographyRelSchema,
    LinkDirection,
    make_source_node_matcher,
    make_target_node_matcher,
)

SCOPE = {"_sub_resource_label": "Cluster", "_sub_resource_id": "grown"}


def dataclass_of(name, base, /, **fields):
    return make_dataclass(name, [(n, type(v), field(default=v)) for n, v in fields.items()], bases=(base,), frozen=True)()


def from_kwargs(name):
    return PropertyRef(name, set_in_kwargs=True)


def node_schema(label, names):
    refs = {name: PropertyRef(name) for name in names}
    properties = dataclass_of(
        f"{label}Properties", CartographyNodeProperties, id=PropertyRef("id"), lastupdated=from_kwargs("lastupdated"), **refs
    )
    return dataclass_of(f"{label}Schema", CartographyNodeSchema, label=label, properties=properties)


def relationship_schema(kind, source, target, names):
    refs = {name: PropertyRef(name) for name in names}
    scope = {name: from_kwargs(name) for name in ("lastupdated", *SCOPE)}
    return dataclass_of(
        f"{source}{kind}{target}",
        CartographyRelSchema,
        source_node_label=source,
        source_node_matcher=make_source_node_matcher({"id": PropertyRef("from")}),
        target_node_label=target,
        target_node_matcher=make_target_node_matcher({"id": PropertyRef("to")}),
        direction=LinkDirection.OUTWARD,
        rel_label=kind,
        properties=dataclass_of(f"{kind}Properties", CartographyRelProperties, **scope, **refs),
    )


def grouped(rows, key):
    return [(name, list(group)) for name, group in groupby(sorted(rows, key=key), key)]


def names_of(rows):
    return sorted({name for row in rows for name in row["props"]})


observation = json.load(gzip.open(sys.argv[1]))
nodes = [
    (node_schema(label, names_of(rows)), [{"id": row["key"], **row["props"]} for row in rows])
    for label, rows in grouped(observation["entities"], lambda row: row["label"])
]
relationships = [
    (
        relationship_schema(kind, source, target, names_of(rows)),
        [{"from": row["from"]["key"], "to": row["to"]["key"], **row["props"]} for row in rows],
    )
    for (kind, source, target), rows in grouped(
        observation["relations"], lambda row: (row["type"], row["from"]["label"], row["to"]["label"])
    )
]


def timed(work):
    start = time.monotonic()
    work()
    return (time.monotonic() - start) * 1000


def load_all(session, tag):
    return {
        "nodesMs": timed(lambda: [load(session, schema, rows, lastupdated=tag) for schema, rows in nodes]),
        "relationshipsMs": timed(
            lambda: [load_matchlinks(session, schema, rows, lastupdated=tag, **SCOPE) for schema, rows in relationships]
        ),
    }


access = neo4j.GraphDatabase.driver(
    os.environ["NEO4J_URI"], auth=(os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
)
with access as driver, driver.session() as session:
    first = load_all(session, 1)
    again = load_all(session, 2)
    counted = session.run("RETURN COUNT { () } AS nodes, COUNT { ()-->() } AS relationships").single().data()
print(json.dumps({"first": first, "again": again, **counted}))
