"""The objects in ``env``: what a wrangler file declares, made into JavaScript objects.

`make_binding` makes one from its declaration (a class of `doris.config`); `make_bindings` makes all of a
project. A type that is not emulated becomes an `UncoveredBinding`, which says so when the Worker uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from doris import config
from doris.js import JSObject

from .d1 import D1Database
from .kv import KvNamespace
from .r2 import R2Bucket
from .ratelimit import Ratelimit
from .stores import Stores
from .uncovered import UncoveredBinding
from .version_metadata import VersionMetadata, version_metadata

__all__ = ["Stores", "UncoveredBinding", "make_binding", "make_bindings", "uncovered_bindings"]

_MAKERS: dict[type, Callable[[Any, Stores], JSObject]] = {
    config.D1Database: lambda declaration, stores: D1Database(stores.d1_backend(declaration)),
    config.KVNamespace: lambda declaration, stores: KvNamespace(stores.kv(declaration)),
    config.R2Bucket: lambda declaration, stores: R2Bucket(*stores.r2(declaration)),
    config.RateLimit: lambda declaration, stores: Ratelimit(
        stores.ratelimit(declaration), declaration.limit, declaration.period
    ),
    VersionMetadata: lambda _declaration, stores: version_metadata(stores.now_ms()),
}


def make_binding(kind: str, name: str, declaration: object, stores: Stores) -> JSObject:
    """One binding.

    ``kind`` is the field of the wrangler file and ``name`` the binding's name in ``env``: both for the
    message of a type that is not emulated.
    """
    maker = _MAKERS.get(type(declaration))
    return UncoveredBinding.of(kind, name) if maker is None else maker(declaration, stores)


def make_bindings(project: config.Project, stores: Stores) -> dict[str, JSObject]:
    """Every binding of the project, by its name in ``env``. Variables are no bindings and not among them."""
    return {
        name: make_binding(kind, name, declaration, stores)
        for kind, name, declaration in _declarations(project)
    }


def uncovered_bindings(project: config.Project) -> Iterator[tuple[str, str]]:
    """(field of the wrangler file, name in ``env``) of each binding that is not emulated."""
    for kind, name, declaration in _declarations(project):
        if type(declaration) not in _MAKERS:
            yield kind, name


def _declarations(project: config.Project) -> Iterator[tuple[str, str, object]]:
    """(field, name in ``env``, declaration) of each binding."""
    for field in ("kv_namespaces", "d1_databases", "r2_buckets", "services", "workflows"):
        for declaration in getattr(project, field):
            yield field, declaration.binding, declaration
    for producer in project.queues.producers:
        yield "queues", producer.binding, producer
    for field in ("durable_objects", "ratelimits"):
        for declaration in getattr(project, field):
            yield field, declaration.name, declaration
    if project.assets is not None and project.assets.binding is not None:
        yield "assets", project.assets.binding, project.assets
    if project.version_metadata is not None:
        yield "version_metadata", project.version_metadata, VersionMetadata(project.version_metadata)
    for other in project.other_bindings:
        yield other.type, other.name, other
