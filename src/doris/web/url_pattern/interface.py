"""The URLPattern interface.

Rules: the URL Pattern standard, section 1.
"""

from __future__ import annotations

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    constructor,
    getter,
    method,
    null,
    opt,
    plain,
    to_boolean,
    to_string,
    type_error,
)

from ..arguments import Arguments, argument
from ..url_parser import parser, to_usv
from . import canonical, constructor_string
from .canonical import COMPONENTS, ENCODERS
from .pattern import Component, Options
from .tokens import PatternError

_HOST = Options(delimiter=".")
_PATH = Options(delimiter="/", prefix="/")


class URLPattern(JSObject, name="URLPattern"):
    """``URLPattern``."""

    def __init__(self, given: dict[str, str], *, ignore_case: bool = False) -> None:
        processed = canonical.process(given, as_pattern=True)
        default_port = constructor_string.SPECIAL_SCHEMES.get(processed.get("protocol", ""))
        if default_port and processed.get("port") == default_port:
            processed["port"] = ""
        texts = {name: processed.get(name, "*") for name in COMPONENTS}
        protocol = Component(texts["protocol"], Options(), canonical.protocol)
        special = constructor_string.is_special(protocol)
        self._components = {"protocol": protocol}
        for name in COMPONENTS[1:]:
            path = name == "pathname"
            encode = canonical.opaque_pathname if path and not special else ENCODERS[name]
            options = _HOST if name == "hostname" else _PATH if path and special else Options()
            folded = ignore_case and name in ("pathname", "search", "hash")
            self._components[name] = Component(texts[name], options, encode, ignore_case=folded)

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        try:
            return _constructed(args)
        except PatternError:
            raise type_error("Failed to construct URLPattern") from None

    # -- matching --------------------------------------------------------------------------------------------

    @method
    def test(self, *args: JSValue) -> JSValue:
        return self._matches(_parts_of(args)) is not None

    @method("exec")
    def execute(self, *args: JSValue) -> JSValue:
        parts = _parts_of(args)
        groups = self._matches(parts)
        if groups is None or parts is None:
            return null
        result = plain({"inputs": JSArray([argument(args, 0), *args[1:2]])})
        for name in COMPONENTS:
            result.js_set(name, plain({"input": parts[name], "groups": plain(groups[name])}))
        return result

    def _matches(self, parts: dict[str, str] | None) -> dict[str, dict[str, JSValue]] | None:
        if parts is None:
            return None
        groups: dict[str, dict[str, JSValue]] = {}
        for name, component in self._components.items():
            found = component.match(parts[name])
            if found is None:
                return None
            groups[name] = dict(found)
        return groups

    # -- attributes ------------------------------------------------------------------------------------------

    @getter("hasRegExpGroups")
    def has_regexp_groups(self) -> bool:
        return any(component.has_regexp for component in self._components.values())

    def pattern_of(self, name: str) -> str:
        """The pattern of a component."""
        return self._components[name].text


for _name in COMPONENTS:
    URLPattern.interface.getters[_name] = lambda pattern, _name=_name: pattern.pattern_of(_name)  # type: ignore[misc]


def _constructed(args: Arguments) -> URLPattern:
    source, second, third = argument(args, 0), argument(args, 1), argument(args, 2)
    if isinstance(source, JSObject):
        return URLPattern(_members(source), ignore_case=_ignore_case(second))
    if source is None or source is null:
        return URLPattern({}, ignore_case=_ignore_case(second))
    base = None if isinstance(second, JSObject) or second in (None, null) else to_string(second)
    given = constructor_string.parse(to_usv(to_string(source)))
    if base is not None:
        given["baseURL"] = base
    elif "protocol" not in given:
        raise PatternError(to_string(source))
    return URLPattern(given, ignore_case=_ignore_case(second) or _ignore_case(third))


def _ignore_case(options: JSValue) -> bool:
    return to_boolean(opt(options, "ignoreCase")) if isinstance(options, JSObject) else False


def _members(init: JSObject) -> dict[str, str]:
    members = {name: init.js_get(name) for name in (*COMPONENTS, "baseURL")}
    return {name: to_string(value) for name, value in members.items() if value is not None}


def _parts_of(args: Arguments) -> dict[str, str] | None:
    """The components of what is to be matched, None when it is no URL."""
    source, base = argument(args, 0), argument(args, 1)
    if source is None:
        source = plain({})
    if isinstance(source, JSObject):
        try:
            return canonical.process(_members(source), as_pattern=False)
        except PatternError:
            return None
    record = parser.parse(to_usv(to_string(source)), None if base is None else to_usv(to_string(base)))
    return None if record is None else canonical.of_url(record)
