"""Nothing that the file may say gets lost: the types have a place for every field of the table."""

from __future__ import annotations

from dataclasses import fields

import pytest

from doris.config import modelled_fields as table
from doris.config.model import (
    Assets,
    CodeUpdateStrategy,
    D1Database,
    DurableObjectBinding,
    DurableObjectMigration,
    KVNamespace,
    QueueConsumer,
    QueueProducer,
    Queues,
    R2Bucket,
    RenamedClass,
    ServiceBinding,
    TransferredClass,
    Triggers,
)
from doris.config.shapes import ListOf, Shape, Table


def item(shape: Shape) -> Shape:
    assert isinstance(shape, ListOf)
    return shape.item


def member(shape: Shape, name: str) -> Shape:
    assert isinstance(shape, Table)
    return shape.members[name]


MIGRATION = item(table.MIGRATIONS)


@pytest.mark.parametrize(
    ("kind", "shape", "differences"),
    [
        (KVNamespace, table.KV, {}),
        (D1Database, table.D1, {"migrations_dir_as_written"}),
        (R2Bucket, table.R2, {}),
        (Queues, table.QUEUES, {}),
        (QueueProducer, item(member(table.QUEUES, "producers")), {}),
        (QueueConsumer, item(member(table.QUEUES, "consumers")), {}),
        (DurableObjectBinding, item(member(table.DURABLE_OBJECTS, "bindings")), {}),
        (CodeUpdateStrategy, member(table.DURABLE_OBJECTS, "code_update_strategy"), {}),
        (DurableObjectMigration, MIGRATION, {}),
        (RenamedClass, item(member(MIGRATION, "renamed_classes")), {"source", "from"}),
        (TransferredClass, item(member(MIGRATION, "transferred_classes")), {"source", "from"}),
        (ServiceBinding, table.SERVICE, {"dev"}),
        (Assets, table.ASSETS, {}),
        (Triggers, table.TRIGGERS, {}),
    ],
)
def test_every_field_has_its_place(kind: type, shape: Shape, differences: set[str]) -> None:
    assert isinstance(shape, Table)
    assert {field.name for field in fields(kind)} ^ set(shape.members) == set(differences)
