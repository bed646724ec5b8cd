from __future__ import annotations

import pytest

from doris.config.jsonc import SyntaxProblem
from doris.config.toml import parse

TEXT = '''# a comment with [brackets] and "quotes"
name = "a" # x
"quo.ted".'key' = [1, {x = 1, y = "]#"}, """a
"b" \\""" """, 2026-11-01] # c
escaped = "\\"]"
literal = \'\'\'it's
fine\'\'\'
[env.prod]
name="x"
[[env.prod.d1_databases]]
binding = "DB"
[env.prod.d1_databases.nested]
z = 1
[[env.prod.d1_databases]]
  binding="B"
[ a . "b c" ]
last = { over = [
  1,
], }
'''


def test_places_of_keys() -> None:
    value, places = parse(TEXT)
    assert value["quo.ted"]["key"][1] == {"x": 1, "y": "]#"}
    assert places == {
        (): (1, 1),
        ("name",): (2, 1),
        ("quo.ted",): (3, 1),
        ("quo.ted", "key"): (3, 11),
        ("quo.ted", "key", 0): (3, 20),
        ("quo.ted", "key", 1): (3, 23),
        ("quo.ted", "key", 1, "x"): (3, 24),
        ("quo.ted", "key", 1, "y"): (3, 31),
        ("quo.ted", "key", 2): (3, 42),
        ("quo.ted", "key", 3): (4, 15),
        ("escaped",): (5, 1),
        ("literal",): (6, 1),
        ("env",): (8, 2),
        ("env", "prod"): (8, 6),
        ("env", "prod", "name"): (9, 1),
        ("env", "prod", "d1_databases"): (10, 12),
        ("env", "prod", "d1_databases", 0): (10, 3),
        ("env", "prod", "d1_databases", 0, "binding"): (11, 1),
        ("env", "prod", "d1_databases", 0, "nested"): (12, 24),
        ("env", "prod", "d1_databases", 0, "nested", "z"): (13, 1),
        ("env", "prod", "d1_databases", 1): (14, 3),
        ("env", "prod", "d1_databases", 1, "binding"): (15, 3),
        ("a",): (16, 3),
        ("a", "b c"): (16, 7),
        ("a", "b c", "last"): (17, 1),
        ("a", "b c", "last", "over"): (17, 10),
        ("a", "b c", "last", "over", 0): (18, 3),
    }


@pytest.mark.parametrize(
    ("text", "message", "location"),
    [
        ("name =", "Invalid value", (1, 7)),
        ('a = 1\nb = "x', "Unterminated string", (2, 7)),
        ("a = 1\na = 2\n", "Cannot overwrite a value", (2, 6)),
        ("a = 9007199254740992", "9007199254740992 is too large for a number; write it as text", (1, 1)),
        (
            "x = 1\na = [{ b = -9007199254740992 }]",
            "-9007199254740992 is too large for a number; write it as text",
            (2, 8),
        ),
        ("a = " + "[" * 5000, None, None),
    ],
)
def test_mistakes_are_named_where_they_stand(
    text: str, message: str | None, location: tuple[int, int] | None
) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(text)
    if message is not None:
        assert (caught.value.message, caught.value.location) == (message, location)
