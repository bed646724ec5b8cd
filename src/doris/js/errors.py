"""JavaScript errors: the error objects, and `Throw`, the Python exception that carries a thrown value."""

from __future__ import annotations

import traceback
from typing import Any

from .members import constructor, getter, method
from .objects import JSObject, JSValue, PropertyKey
from .operations import opt, to_string


class Throw(Exception):
    """A JavaScript value on its way up: what ``throw value`` does. Never seen by Python user code."""

    def __init__(self, value: JSValue) -> None:
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return to_string(self.value)


class ErrorObject(JSObject, name="Error"):
    """``Error`` and its kinds. ``message``, ``stack`` and ``cause`` are own properties, ``name`` is
    inherited."""

    def __init__(
        self, message: str = "", *, name: str | None = None, cause: JSValue = None, has_cause: bool = False
    ) -> None:
        self._props = {"stack": None, "message": message}
        if name is not None and name != self.interface.name:
            self._props["name"] = name
        if cause is not None or has_cause:
            self._props["cause"] = cause
        self._props["stack"] = f"{self.js_to_string()}\n    at <anonymous>"

    @constructor
    def construct(cls, message: JSValue = None, options: JSValue = None) -> JSValue:
        text = "" if message is None else to_string(message)
        has_cause = isinstance(options, JSObject) and options.js_has("cause")
        return cls(text, cause=opt(options, "cause") if has_cause else None, has_cause=has_cause)  # type: ignore[operator]

    def js_get(self, key: PropertyKey) -> JSValue:
        if key == "name" and not (self._props and "name" in self._props):
            return self.interface.name
        return super().js_get(key)

    def js_has(self, key: PropertyKey) -> bool:
        return key == "name" or super().js_has(key)

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        return key not in ("stack", "message", "cause") and super().js_is_own_enumerable(key)

    def js_class_name(self) -> str:
        return "Error"

    @property
    def name(self) -> str:
        """The error's name as text."""
        return to_string(self.js_get("name"))

    @property
    def message(self) -> str:
        """The error's message as text."""
        return to_string(self.js_get("message"))

    @method("toString")
    def to_js_text(self) -> str:
        return self.js_to_string()

    def js_to_string(self) -> str:
        name, message = self.name, self.message
        if not name:
            return message
        return f"{name}: {message}" if message else name


class TypeErrorObject(ErrorObject, name="TypeError"):
    """``TypeError``."""


class RangeErrorObject(ErrorObject, name="RangeError"):
    """``RangeError``."""


class SyntaxErrorObject(ErrorObject, name="SyntaxError"):
    """``SyntaxError``."""


class ReferenceErrorObject(ErrorObject, name="ReferenceError"):
    """``ReferenceError``."""


class EvalErrorObject(ErrorObject, name="EvalError"):
    """``EvalError``."""


class URIErrorObject(ErrorObject, name="URIError"):
    """``URIError``."""


class PythonErrorObject(ErrorObject, name="PythonError"):
    """Pyodide's ``PythonError``: a Python exception that left Python. ``message`` is its traceback."""

    def __init__(self, exception: BaseException) -> None:
        text = "".join(traceback.format_exception(exception))
        super().__init__(text)
        self.exception = exception
        assert self._props is not None
        self._props["type"] = type(exception).__name__


_DOM_CODES = {
    "IndexSizeError": 1, "HierarchyRequestError": 3, "WrongDocumentError": 4, "InvalidCharacterError": 5,
    "NoModificationAllowedError": 7, "NotFoundError": 8, "NotSupportedError": 9, "InUseAttributeError": 10,
    "InvalidStateError": 11, "SyntaxError": 12, "InvalidModificationError": 13, "NamespaceError": 14,
    "InvalidAccessError": 15, "TypeMismatchError": 17, "SecurityError": 18, "NetworkError": 19,
    "AbortError": 20,
    "URLMismatchError": 21, "QuotaExceededError": 22, "TimeoutError": 23, "InvalidNodeTypeError": 24,
    "DataCloneError": 25,
}  # fmt: skip


class DOMExceptionObject(ErrorObject, name="DOMException"):
    """``DOMException``; ``code`` is the legacy number of its name (Web IDL, section 2.8.1)."""

    def __init__(self, message: str = "", name: str = "Error") -> None:
        super().__init__(message)
        assert self._props is not None
        self._props["name"] = name
        self._props["stack"] = f"{self.js_to_string()}\n    at <anonymous>"

    @constructor
    def construct(cls, message: JSValue = None, name: JSValue = None) -> JSValue:
        if isinstance(name, JSObject):
            name = name.js_get("name")
        return cls(  # type: ignore[operator]
            "" if message is None else to_string(message), "Error" if name is None else to_string(name)
        )

    @getter
    def code(self) -> int:
        return _DOM_CODES.get(self.name, 0)


class AggregateErrorObject(ErrorObject, name="AggregateError"):
    """``AggregateError``: many errors in one; they are in ``errors``."""

    @constructor
    def construct(cls, errors: JSValue = None, message: JSValue = None, options: JSValue = None) -> JSValue:
        from .jsarray import JSArray
        from .objects import iterate

        made = ErrorObject.construct.__func__(cls, message, options)
        made.js_set("errors", JSArray(iterate(errors)))
        return made


_KINDS: dict[str, type[ErrorObject]] = {
    kind.interface.name: kind
    for kind in (
        ErrorObject, TypeErrorObject, RangeErrorObject, SyntaxErrorObject, ReferenceErrorObject,
        EvalErrorObject, URIErrorObject,
    )
}  # fmt: skip


def error(message: str, name: str = "Error", **extra: Any) -> Throw:
    """An Error to raise. A ``name`` that is a standard kind gives that kind; another sets the property."""
    kind = _KINDS.get(name)
    value = kind(message) if kind else ErrorObject(message, name=name)
    for key, item in extra.items():
        value.js_set(key, item)
    return Throw(value)


def type_error(message: str) -> Throw:
    """A TypeError to raise."""
    return Throw(TypeErrorObject(message))


def range_error(message: str) -> Throw:
    """A RangeError to raise."""
    return Throw(RangeErrorObject(message))


def syntax_error(message: str) -> Throw:
    """A SyntaxError to raise."""
    return Throw(SyntaxErrorObject(message))


def dom_exception(message: str, name: str) -> Throw:
    """A DOMException to raise."""
    return Throw(DOMExceptionObject(message, name))


def thrown(exception: BaseException) -> JSValue:
    """The JavaScript value that an exception stands for: the thrown value, or a PythonError."""
    if isinstance(exception, Throw):
        return exception.value
    from .proxy import JsProxy

    if isinstance(exception, JsProxy):  # a JsException is the proxy of its error
        return exception._js
    return PythonErrorObject(exception)
