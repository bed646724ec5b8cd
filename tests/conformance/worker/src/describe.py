"""Say in JSON what a Python value inside a Worker is, exactly enough to tell two runtimes apart.

Plain JSON values stand for themselves; everything else is an object with one `$` key that names the type.
"""

import datetime
import inspect
import re

import js
from pyodide.ffi import JsException, JsProxy, jsnull

ADDRESS = re.compile(r"0x[0-9a-fA-F]{4,}")
LONGEST_TEXT = 700
SAFE_INTEGER = 2**53


def describe(value, depth=0):
    if depth > 8:
        return {"$": "deeper"}
    if value is None or isinstance(value, bool):
        return value
    if value is jsnull:
        return {"$": "jsnull"}
    if isinstance(value, str):
        return shorten(value) if type(value) is str else {f"$str.{type(value).__name__}": str(value)}
    if isinstance(value, int):
        return value if abs(value) < SAFE_INTEGER else {"$int": str(value)}
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, bytes | bytearray):
        return {f"${type(value).__name__}": bytes(value[:64]).hex(), "size": len(value)}
    if isinstance(value, memoryview):
        return {"$memoryview": value.tobytes()[:64].hex(), "format": value.format, "shape": list(value.shape)}
    if isinstance(value, datetime.datetime):
        return {"$datetime": value.isoformat(), "tzinfo": str(value.tzinfo)}
    if isinstance(value, BaseException):
        return describe_error(value)
    if isinstance(value, JsProxy):
        return describe_proxy(value)
    return describe_container(value, depth)


def describe_container(value, depth):
    if isinstance(value, dict):
        items = {str(key): describe(item, depth + 1) for key, item in value.items()}
        return items if type(value) is dict else {f"${type(value).__name__}": items}
    if isinstance(value, list):
        return [describe(item, depth + 1) for item in value]
    if isinstance(value, tuple):
        return {f"${type(value).__name__}": [describe(item, depth + 1) for item in value]}
    if isinstance(value, set | frozenset):
        return {f"${type(value).__name__}": sorted((describe(item, depth + 1) for item in value), key=repr)}
    if isinstance(value, type):
        return {"$type": f"{value.__module__}.{value.__qualname__}"}
    return {f"${type(value).__name__}": shorten(ADDRESS.sub("0x…", repr(value)))}


def describe_proxy(value):
    told = {"$js": constructor_name(value), "python": type(value).__name__, "typeof": value.typeof}
    if told["$js"] == "PyProxy":
        # How much JavaScript sees of a Python object is asked elsewhere.
        return told
    try:
        told["json"] = js.JSON.stringify(value)
    except Exception as error:
        told["json"] = describe_error(error)
    return told


def constructor_name(value):
    try:
        return value.constructor.name
    except AttributeError:
        return None


def describe_error(error):
    told = {"raises": type(error).__name__, "text": shorten(ADDRESS.sub("0x…", str(error)))}
    if isinstance(error, JsException):
        told["name"] = getattr(error, "name", None)
        told["message"] = shorten(str(getattr(error, "message", None)))
    return told


def shorten(text):
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return f"{text[:half]} …{len(text) - 2 * half} characters… {text[-half:]}"


async def answer(question):
    """Call the question (or await it) and describe what comes, be it a value or an exception."""
    try:
        result = question() if callable(question) and not isinstance(question, JsProxy) else question
        if inspect.isawaitable(result):
            result = await result
        return describe(result)
    except Exception as error:
        return describe_error(error)


async def answers(**questions):
    """Ask the questions one after the other."""
    return {name: await answer(question) for name, question in questions.items()}
