"""`time` and `datetime` inside an isolate."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest

from doris.isolate import Isolate
from tests.isolate.conftest import MakeIsolate, make_isolate

__all__ = ["make_isolate"]  # the fixture

SOURCE = """
import datetime, time
started = (time.time(), time.monotonic(), datetime.datetime.now())

def now():
    return {
        "time": time.time(), "ns": time.time_ns(),
        "monotonic": time.monotonic(), "monotonic_ns": time.monotonic_ns(),
        "perf": time.perf_counter(), "perf_ns": time.perf_counter_ns(),
        "gmtime": time.gmtime()[:6], "localtime": time.localtime()[:6],
        "ctime": time.ctime(), "asctime": time.asctime(),
        "strftime": time.strftime("%Y-%m-%d"), "zone": (time.timezone, time.tzname),
        "mktime": time.mktime((1970, 1, 1, 1, 0, 0, 0, 1, 0)),
        "datetime": datetime.datetime.now(), "aware": datetime.datetime.now(datetime.timezone.utc),
        "today": datetime.date.today(), "dt_today": datetime.datetime.today(),
        "fromtimestamp": datetime.datetime.fromtimestamp(0), "date_from": datetime.date.fromtimestamp(0),
        "timestamp": datetime.datetime(1970, 1, 2).timestamp(),
        "astimezone": datetime.datetime(1970, 1, 2).astimezone(),
    }
"""


@pytest.fixture
def isolate(make_isolate: MakeIsolate) -> Isolate:
    return make_isolate({"entry.py": SOURCE})


def test_module_scope_stands_at_1970(isolate: Isolate) -> None:
    entry: Any = isolate.import_module("entry")
    assert entry.started == (0, 0, datetime.datetime(1970, 1, 1))


def test_in_a_request_it_is_the_clocks_time_in_utc(isolate: Isolate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        entry: Any = isolate.import_module("entry")
        isolate.begin_request()
        with isolate.entered():
            now = entry.now()
    finally:
        monkeypatch.undo()
        time.tzset()
    moment = datetime.datetime(1970, 1, 1, 0, 16, 40)
    assert now == {
        "time": 1000.0,
        "ns": 1_000_000_000_000,
        "monotonic": 1000.0,
        "monotonic_ns": 1_000_000_000_000,
        "perf": 1000.0,
        "perf_ns": 1_000_000_000_000,
        "gmtime": (1970, 1, 1, 0, 16, 40),
        "localtime": (1970, 1, 1, 0, 16, 40),
        "ctime": "Thu Jan  1 00:16:40 1970",
        "asctime": "Thu Jan  1 00:16:40 1970",
        "strftime": "1970-01-01",
        "zone": (0, ("UTC", "UTC")),
        "mktime": 3600.0,
        "datetime": moment,
        "aware": moment.replace(tzinfo=datetime.UTC),
        "today": moment.date(),
        "dt_today": moment,
        "fromtimestamp": datetime.datetime(1970, 1, 1),
        "date_from": datetime.date(1970, 1, 1),
        "timestamp": 86400.0,
        "astimezone": datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC),
    }


def test_it_follows_the_clock(isolate: Isolate) -> None:
    entry: Any = isolate.import_module("entry")
    isolate.begin_request()
    isolate.clock.travel(hours=1)
    with isolate.entered():
        assert entry.now()["time"] == 4600.0


def test_there_is_one_datetime_class_and_outside_it_tells_the_machines_time(isolate: Isolate) -> None:
    entry: Any = isolate.import_module("entry")
    assert entry.datetime.datetime is datetime.datetime
    assert datetime.datetime.now().year > 2000
    assert datetime.date.today().year > 2000
    assert datetime.datetime.fromtimestamp(0, datetime.UTC).year == 1970
    assert datetime.datetime.now().timestamp() > 1e9
    assert abs(entry.time.time() - time.time()) < 60

    class Own(datetime.datetime, metaclass=type("Meta", (type,), {})):
        pass

    assert type(Own.now()) is Own


def test_when_all_isolates_are_closed_the_class_has_its_own_methods(isolate: Isolate) -> None:
    from doris.isolate import datetimes

    assert not isinstance(vars(datetime.datetime)["now"], type(vars(dict)["fromkeys"]))
    datetimes.remove()
    assert isinstance(vars(datetime.datetime)["now"], type(vars(dict)["fromkeys"]))
    datetimes.install()


def test_sleep_outside_of_a_loop_really_sleeps_and_refuses_the_past(isolate: Isolate) -> None:
    entry: Any = isolate.import_module("entry")
    entry.time.sleep(0)
    with pytest.raises(ValueError, match="sleep length must be non-negative"):
        entry.time.sleep(-1)
