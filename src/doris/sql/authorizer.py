"""What SQL of a Worker may do: the rules that workerd gives to SQLite's authorizer.

SQLite asks while it compiles a statement, once for every table, function, pragma and so on. The lists below
are what workerd 1.20261117.1 answered when asked for every function, pragma and virtual table module that
SQLite 3.54 has; the order of the rules follows ``SqliteDatabase::isAuthorized`` in workerd's
``src/workerd/util/sqlite.c++``.
"""

from __future__ import annotations

from enum import IntEnum

OK = 0
DENY = 1

TRANSACTION_MESSAGE = (
    "To execute a transaction, please use the state.storage.transaction() or "
    "state.storage.transactionSync() APIs instead of the SQL BEGIN TRANSACTION or SAVEPOINT "
    "statements. The JavaScript API is safer because it will automatically roll back on "
    "exceptions, and because it interacts correctly with Durable Objects' automatic atomic "
    "write coalescing."
)


class Action(IntEnum):
    """SQLite's action codes; fixed numbers of its C interface."""

    CREATE_INDEX = 1
    CREATE_TABLE = 2
    CREATE_TRIGGER = 7
    CREATE_VIEW = 8
    DELETE = 9
    DROP_INDEX = 10
    DROP_TABLE = 11
    DROP_TRIGGER = 16
    DROP_VIEW = 17
    INSERT = 18
    PRAGMA = 19
    READ = 20
    SELECT = 21
    TRANSACTION = 22
    UPDATE = 23
    DETACH = 25
    ALTER_TABLE = 26
    REINDEX = 27
    ANALYZE = 28
    CREATE_VTABLE = 29
    DROP_VTABLE = 30
    FUNCTION = 31
    SAVEPOINT = 32
    RECURSIVE = 33


_ALWAYS = {Action.SELECT, Action.ANALYZE, Action.RECURSIVE}
_ONE_NAME = {
    Action.CREATE_TABLE,
    Action.CREATE_VIEW,
    Action.DELETE,
    Action.DROP_TABLE,
    Action.DROP_VIEW,
    Action.INSERT,
    Action.READ,
    Action.REINDEX,
    Action.UPDATE,
    Action.ALTER_TABLE,
}
_TWO_NAMES = {Action.CREATE_INDEX, Action.CREATE_TRIGGER, Action.DROP_INDEX, Action.DROP_TRIGGER}
_MODULES = {"fts5", "fts5vocab", "rtree", "rtree_i32"}

_ALLOWED = """
    abs changes char coalesce concat concat_ws format glob hex ifnull iif instr last_insert_rowid length
    like likelihood likely load_extension lower ltrim max min nullif octet_length printf quote random
    randomblob replace round rtrim sign soundex substr substring total_changes trim typeof unhex unicode
    unlikely upper zeroblob
    date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp
    avg count group_concat string_agg sum total
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
    acos acosh asin asinh atan atan2 atanh ceil cos cosh degrees exp floor ln log log2 mod pi pow
    radians sin sinh sqrt tan tanh trunc
    json json_array json_array_length json_extract -> ->> json_insert json_object json_patch json_quote
    json_remove json_replace json_set json_type json_valid json_group_array json_group_object json_each
    json_tree jsonb jsonb_array jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert
    jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set
    match highlight bm25 snippet rtreecheck
    sqlite_rename_column sqlite_rename_table sqlite_rename_test sqlite_drop_column
    sqlite_rename_quotefix
"""
ALLOWED_FUNCTIONS = frozenset(_ALLOWED.split())

# Functions of the SQLite that we run on which workerd's SQLite is built without.
_MISSING = """
    fts3_tokenizer matchinfo median offsets optimize percentile percentile_cont percentile_disc
    geopoly_area geopoly_bbox geopoly_blob geopoly_ccw geopoly_contains_point geopoly_debug
    geopoly_group_bbox geopoly_json geopoly_overlap geopoly_regular geopoly_svg geopoly_within
    geopoly_xform
"""
MISSING_FUNCTIONS = frozenset(_MISSING.split())

_FLAG_PRAGMAS = {
    "case_sensitive_like",
    "foreign_keys",
    "defer_foreign_keys",
    "ignore_check_constraints",
    "legacy_alter_table",
    "recursive_triggers",
    "reverse_unordered_selects",
}
_NAMED_PRAGMAS = {
    "table_info",
    "table_xinfo",
    "foreign_key_list",
    "index_info",
    "index_list",
    "index_xinfo",
}
_FLAG_WORDS = ("true", "false", "yes", "no", "on", "off", "1", "0")


def is_allowed(action: int, first: str | None, second: str | None, database: str | None) -> bool:
    """Whether a Worker's SQL may do this. ``first`` and ``second`` mean what SQLite's documentation says
    for the action.

    Statements that open or close a transaction are refused too; they get a message of their own, see
    `is_transaction`.
    """
    if action in (Action.ALTER_TABLE, Action.DETACH):
        # For these two SQLite gives the database's name first, unlike for all others.
        first, second, database = second, database, first
    if database == "temp":
        return action in (Action.READ, Action.UPDATE) and _is_public(first)
    if database not in (None, "main"):
        return False
    if action in _ALWAYS:
        return True
    if action in _ONE_NAME:
        return _is_public(first)
    if action in _TWO_NAMES:
        return _is_public(first) and _is_public(second)
    if action == Action.FUNCTION:
        return (second or "").lower() in ALLOWED_FUNCTIONS
    if action == Action.PRAGMA:
        return _is_allowed_pragma((first or "").lower(), second)
    if action in (Action.CREATE_VTABLE, Action.DROP_VTABLE):
        return (second or "").lower() in _MODULES and _is_public(first)
    return False


def is_transaction(action: int) -> bool:
    """Whether the statement would open, close or undo a transaction;

    then the error is `TRANSACTION_MESSAGE`.
    """
    return action in (Action.TRANSACTION, Action.SAVEPOINT)


def _is_public(name: str | None) -> bool:
    """Names that begin with ``_cf_`` are the platform's own."""
    return not (name or "").lower().startswith("_cf_")


def _is_allowed_pragma(name: str, argument: str | None) -> bool:
    if name == "table_list":
        return True
    if name in ("data_version", "page_size"):
        return argument is None
    if name in _FLAG_PRAGMAS:
        return argument is None or argument.strip("'\"").lower().startswith(_FLAG_WORDS)
    if name in _NAMED_PRAGMAS:
        return argument is not None and _is_public(argument)
    if name == "foreign_key_check":
        return argument is None or _is_public(argument)
    if name == "quick_check":
        return argument is None or argument.isdigit() or _is_public(argument)
    if name == "optimize":
        return argument is None or _is_integer(argument)
    return False


def _is_integer(text: str) -> bool:
    try:
        int(text, 0)
    except ValueError:
        return False
    return True
