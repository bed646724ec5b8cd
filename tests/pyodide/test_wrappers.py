"""``pyodide.ffi.wrappers``."""

from doris.js import NativeFunction, Realm, call, proxy_of
from doris.pyodide.wrappers import make_wrappers


def made():
    realm = Realm()
    log = []
    for name in ("setTimeout", "setInterval"):
        realm.define(
            name, NativeFunction(name, lambda this, fn, ms, name=name: log.append((name, fn, ms)) or len(log))
        )
    for name in ("clearTimeout", "clearInterval"):
        realm.define(name, NativeFunction(name, lambda this, timer, name=name: log.append((name, timer))))
    for name in ("addEventListener", "removeEventListener"):
        realm.define(
            name, NativeFunction(name, lambda this, event, fn, name=name: log.append((name, event, fn)))
        )
    return make_wrappers(proxy_of(realm.global_object)), proxy_of(realm.global_object), log


def test_timers():
    wrappers, _, log = made()
    seen = []
    timer = wrappers["set_timeout"](lambda: seen.append("once"), 5)
    call(log[0][1])
    wrappers["clear_timeout"](timer)
    interval = wrappers["set_interval"](lambda: seen.append("again"), 7)
    call(log[2][1])
    call(log[2][1])
    wrappers["clear_interval"](interval)
    wrappers["clear_interval"](99)
    assert seen == ["once", "again", "again"]
    assert [entry[0] for entry in log] == [
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
        "clearInterval",
    ]
    assert not log[2][1].is_callable


def test_listeners():
    wrappers, target, log = made()
    seen = []
    listener = seen.append
    wrappers["add_event_listener"](target, "message", listener)
    call(log[0][2], None, 5)
    wrappers["remove_event_listener"](target, "message", listener)
    assert seen == [5]
    assert log[1][2] is log[0][2]
