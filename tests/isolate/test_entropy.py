"""Randomness: refused at module scope, allowed in a request."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from doris.isolate import entropy
from tests.isolate.conftest import MakeIsolate

PROBES = """
import os, random, secrets, uuid
from random import choice
from uuid import uuid4

def probes():
    return {
        "random": random.random, "choice": lambda: choice([1]), "seed": lambda: random.seed(1),
        "uuid4": uuid4, "urandom": lambda: os.urandom(4), "secrets": lambda: secrets.token_hex(2),
        "Random()": random.Random, "SystemRandom": lambda: random.SystemRandom().random(),
    }

def outcomes():
    found = {}
    for name, probe in probes().items():
        try:
            found[name] = type(probe()).__name__
        except Exception as error:
            found[name] = error
    return found

at_start = outcomes()
seeded = random.Random(3).random()
attributes = dir(random)
"""


def test_at_module_scope_it_raises_as_production_does(make_isolate: MakeIsolate) -> None:
    entry: Any = make_isolate({"entry.py": PROBES}).import_module("entry")
    for name in ("random", "choice", "seed"):
        error = entry.at_start[name]
        assert type(error) is RuntimeError
        assert str(error) == f"Cannot use random.{name}() outside of request context. {entropy.STARTING}"
    for name in ("uuid4", "urandom", "secrets", "Random()", "SystemRandom"):
        error = entry.at_start[name]
        assert type(error) is OSError
        assert str(error) == f"[Errno 29] {entropy.STARTING}"
    assert entry.seeded == random.Random(3).random()
    assert "choice" in entry.attributes


def test_in_a_request_all_of_it_works_also_what_was_imported_before(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"entry.py": PROBES})
    entry: Any = isolate.import_module("entry")
    isolate.begin_request()
    with isolate.entered():
        outcomes = entry.outcomes()
    assert outcomes["random"] == "float"
    assert outcomes["uuid4"] == "UUID"
    assert not any(isinstance(outcome, Exception) for outcome in outcomes.values())


def test_the_next_isolate_with_the_same_library_is_as_strict(make_isolate: MakeIsolate) -> None:
    first = make_isolate({"entry.py": PROBES}, key="entropy")
    first.import_module("entry")
    first.begin_request()
    first.close()
    entry: Any = make_isolate({"entry.py": PROBES}, key="entropy").import_module("entry")
    assert isinstance(entry.at_start["random"], RuntimeError)
    assert isinstance(entry.at_start["uuid4"], OSError)


def test_outside_nothing_is_refused(make_isolate: MakeIsolate) -> None:
    make_isolate({"entry.py": PROBES}).import_module("entry")
    random.random()
    os.urandom(1)
    entropy.check()
    with entropy.allowed(1):
        pass
    assert not entropy.starting()


def test_a_number_of_draws_can_be_allowed(make_isolate: MakeIsolate) -> None:
    with make_isolate({}).entered():
        with entropy.allowed(2):
            entropy.check()
            entropy.check()
            with pytest.raises(OSError, match="Randomness is not allowed"):
                entropy.check()
        with pytest.raises(OSError, match="Randomness is not allowed"):
            entropy.check()


def test_the_module_that_stands_for_random_passes_writes_on(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"entry.py": "import random\nrandom.mark = 1\nmark = random.mark"})
    assert isolate.import_module("entry").mark == 1
    isolate.begin_request()
    assert isolate.import_module("random").mark == 1
