"""Where V8 stops in text that is no JSON, and its words for it (recorded on the reference runtime)."""

import pytest

from doris.js.jsonerrors import v8_message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Unexpected end of JSON input"),
        (" ", "Unexpected end of JSON input"),
        ('{"a"', "Expected ':' after property name in JSON at position 4 (line 1 column 5)"),
        ('{"a":', "Unexpected end of JSON input"),
        ('{"a":1', "Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)"),
        ("[1", "Expected ',' or ']' after array element in JSON at position 2 (line 1 column 3)"),
        ("[", "Unexpected end of JSON input"),
        ("{", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ("1.", "Unterminated fractional number in JSON at position 2 (line 1 column 3)"),
        ("1.x", "Unterminated fractional number in JSON at position 2 (line 1 column 3)"),
        ("1e", "Exponent part is missing a number in JSON at position 2 (line 1 column 3)"),
        ("1ex", "Exponent part is missing a number in JSON at position 2 (line 1 column 3)"),
        ("-x", "No number after minus sign in JSON at position 1 (line 1 column 2)"),
        ('"\\u12x4"', "Bad Unicode escape in JSON at position 5 (line 1 column 6)"),
        ('"\\', "Unexpected end of JSON input"),
        ('"\\x"', "Bad escaped character in JSON at position 2 (line 1 column 3)"),
        ('"\\u12', "Bad Unicode escape in JSON at position 5 (line 1 column 6)"),
        ('"a\nb"', "Bad control character in string literal in JSON at position 2 (line 1 column 3)"),
        ('{"a":"b', "Unterminated string in JSON at position 7 (line 1 column 8)"),
        ("tru", "Unexpected end of JSON input"),
        ("trux", "Unexpected token 'x', \"trux\" is not valid JSON"),
        ("[object Object]", '"[object Object]" is not valid JSON'),
        ("NaN", '"NaN" is not valid JSON'),
        ("undefined", '"undefined" is not valid JSON'),
        ('[1,"a" "b"]', "Expected ',' or ']' after array element in JSON at position 7 (line 1 column 8)"),
        ("1 2", "Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)"),
        ("{1:2}", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ('{"a":1,2}', "Expected double-quoted property name in JSON at position 7 (line 1 column 8)"),
        ("[1,2,3,4,5,6,7,8,9,10,x]", "Unexpected token 'x', ...\",7,8,9,10,x]\" is not valid JSON"),
        ("x1234567890123456789", "Unexpected token 'x', \"x1234567890123456789\" is not valid JSON"),
        ("x12345678901234567890", "Unexpected token 'x', \"x123456789\"... is not valid JSON"),
        (
            "[1, 2, 3, tru, and a rather long text",
            "Unexpected token ',', ...\" 2, 3, tru, and a ra\"... is not valid JSON",
        ),
        ("[1,,2]", "Unexpected token ',', \"[1,,2]\" is not valid JSON"),
        ("[00]", "Unexpected number in JSON at position 2 (line 1 column 3)"),
        ("\n\n  x", "Unexpected token 'x', \"\n\n  x\" is not valid JSON"),
        ("1\n x", "Unexpected non-whitespace character after JSON at position 3 (line 2 column 2)"),
        ('{"a":1}{}', "Unexpected non-whitespace character after JSON at position 7 (line 1 column 8)"),
        (
            '[[],{},"\\u00e9\\n", -1.5e3, true, false, null, ?]',
            "Unexpected token '?', ...\"se, null, ?]\" is not valid JSON",
        ),
    ],
)
def test_message(text, message):
    assert v8_message(text) == message
