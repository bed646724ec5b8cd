"""D1: the interfaces ``D1Database``, ``D1DatabaseSession`` and ``D1PreparedStatement``.

Source of the rules: ``src/cloudflare/internal/d1-api.ts`` in workerd (the binding itself is that script),
and the answers of the reference runtime for everything behind it. Stricter than the reference where
Cloudflare's documentation is: see `doris.sql.limits`.
"""

from __future__ import annotations

from collections.abc import Sequence

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    PlainObject,
    PyProxy,
    call,
    error,
    get,
    is_callable,
    iterate,
    method,
    null,
    plain,
    to_boolean,
    to_string,
    type_error,
)
from doris.js.operations import to_property_key

from .d1_backend import Answer, D1Backend, D1Failure, Query
from .d1_values import bindable, d1_error, row_array
from .turns import turn

UNCONSTRAINED = "first-unconstrained"
PRIMARY = "first-primary"
_NO_QUERY = (
    "D1_ERROR: D1Database.query() requires the d1_binding_jsrpc compatibility flag. "
    "Enable d1_binding_jsrpc before calling query()."
)


class D1DatabaseSession(JSObject, name="D1DatabaseSession"):
    """Queries that see each other's writes; ``getBookmark`` says how far the session has seen."""

    def __init__(self, backend: D1Backend, constraint: str | None) -> None:
        """``constraint``:

        one of the two constraints, a bookmark, or None for the database's own, always primary.
        """
        super().__init__()
        self._backend = backend
        self._constraint = constraint

    def js_class_name(self) -> str:
        return "Object"  # a class of a script: it has no tag

    @method
    def prepare(self, sql: JSValue = None) -> JSValue:
        return D1PreparedStatement(self, sql, ())

    @method
    async def batch(self, statements: JSValue = None) -> JSValue:
        queries = [_query_of(item) for item in _mappable(statements)]
        return JSArray([_with_objects(answer) for answer in await self.send(queries)])

    @method("getBookmark")
    def get_bookmark(self) -> JSValue:
        return null if self._constraint in (None, UNCONSTRAINED, PRIMARY) else self._constraint

    async def send(self, queries: Sequence[Query]) -> list[Answer]:
        """Run queries; a `Throw` with ``D1_ERROR`` when one fails."""
        try:
            return await self.request(queries)
        except D1Failure as failure:
            raise d1_error("D1_ERROR", str(failure)) from None

    async def request(self, queries: Sequence[Query]) -> list[Answer]:
        """Run queries in a later turn and take the new bookmark. Raises `D1Failure`."""
        await turn()
        answers, bookmark = self._backend.query(queries, bookmark=self._constraint is not None)
        if bookmark is not None:
            self._observe(bookmark)
        return answers

    def _observe(self, bookmark: str) -> None:
        current = self.get_bookmark()
        # Bookmarks compare as text; the later one is the greater one.
        if current is null or current < bookmark:
            self._constraint = bookmark


class D1Database(JSObject, name="D1Database"):
    """``env.DB``."""

    def __init__(self, backend: D1Backend) -> None:
        super().__init__()
        self._backend = backend
        self._primary = D1DatabaseSession(self._backend, None)

    def js_class_name(self) -> str:
        return "WrappedBinding"  # the base class, which is the platform's own, gives the tag

    @method
    def prepare(self, query: JSValue = None) -> JSValue:
        return D1PreparedStatement(self._primary, query, ())

    @method
    async def batch(self, statements: JSValue = None) -> JSValue:
        return await self._primary.batch(statements)

    @method
    async def exec(self, query: JSValue = None) -> JSValue:
        lines = _trimmed(query, "query.trim").split("\n")
        try:
            answers = await self._primary.request([Query(line) for line in lines])
        except D1Failure as failure:
            # The far side tells only the first error, so it is always laid at the first line's door.
            raise d1_error("D1_EXEC_ERROR", f"Error in line 1: {lines[0]}: {failure}") from None
        duration = sum(answer.meta.js_get("duration") for answer in answers)
        return plain({"count": len(answers), "duration": duration})

    @method("withSession")
    def with_session(self, constraint: JSValue = None) -> JSValue:
        text = "" if constraint is None or constraint is null else constraint
        return D1DatabaseSession(self._backend, _trimmed(text, "constraintOrBookmark?.trim") or UNCONSTRAINED)

    @method
    async def query(self, request: JSValue = None) -> JSValue:
        raise error(_NO_QUERY)

    @method
    async def dump(self) -> JSValue:
        await turn()
        raise d1_error("D1_DUMP_ERROR", "Status + 404", "Status 404")


class D1PreparedStatement(JSObject, name="D1PreparedStatement"):
    """A statement, perhaps with values bound to its parameters. ``bind`` gives a new one."""

    def __init__(self, session: D1DatabaseSession, statement: JSValue, values: Sequence[JSValue]) -> None:
        super().__init__()
        self._session = session
        self.js_set("statement", statement)
        self.js_set("params", JSArray(values))

    def js_class_name(self) -> str:
        return "Object"

    @method
    def bind(self, *values: JSValue) -> JSValue:
        return D1PreparedStatement(
            self._session, self.js_get("statement"), [bindable(value) for value in values]
        )

    @method
    async def first(self, column: JSValue = None) -> JSValue:
        answer = await self._answer()
        if not answer.rows:
            return null
        row = _row_object(answer, 0)
        if column is None:
            return row
        value = get(row, to_property_key(column))
        if value is None:
            message = f"Column not found ({to_string(column)})"
            raise d1_error("D1_COLUMN_NOTFOUND", message, "Column not found")
        return value

    @method
    async def run(self) -> JSValue:
        return _with_objects(await self._answer())

    @method
    async def all(self) -> JSValue:
        return _with_objects(await self._answer())

    @method
    async def raw(self, options: JSValue = None) -> JSValue:
        answer = await self._answer()
        wants_names = options is not None and options is not null and to_boolean(get(options, "columnNames"))
        names = [JSArray(answer.columns)] if wants_names else []
        return JSArray([*names, *(row_array(row) for row in answer.rows)])

    async def _answer(self) -> Answer:
        return (await self._session.send([_query_of(self)]))[0]


def _query_of(item: JSValue) -> Query:
    """What is sent of a statement, or of what stands in for one in a batch (and then fails as SQL)."""
    sql, parameters = get(item, "statement"), get(item, "params")
    return Query(sql, parameters.items if isinstance(parameters, JSArray) else ())


def _mappable(statements: JSValue) -> list[JSValue]:
    """The items of an array or a Python sequence. Throws what JavaScript throws where there is no ``map``."""
    if isinstance(statements, JSArray):
        return list(statements.items)
    if isinstance(statements, PyProxy) and isinstance(statements.target, list | tuple):
        return list(iterate(statements))  # Pyodide gives it the methods of an Array
    if not is_callable(get(statements, "map")):
        raise type_error("statements.map is not a function")
    raise type_error("batch() takes an array of prepared statements")


def _trimmed(text: JSValue, expression: str) -> str:
    """``text.trim()``. Throws what JavaScript throws when there is no such method."""
    if isinstance(text, str):
        return text.strip()
    trim = get(text, "trim")
    if not is_callable(trim):
        raise type_error(f"{expression} is not a function")
    return to_string(call(trim, text))


def _row_object(answer: Answer, index: int) -> PlainObject:
    return plain(dict(zip(answer.columns, row_array(answer.rows[index]).items, strict=True)))


def _with_objects(answer: Answer) -> PlainObject:
    rows = JSArray([_row_object(answer, index) for index in range(len(answer.rows))])
    return plain({"success": True, "meta": answer.meta, "results": rows})
