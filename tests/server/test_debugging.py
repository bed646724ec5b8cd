"""``breakpoint()`` while the server runs. (Stopping in a Worker's code: ``test_serve``.)"""

from __future__ import annotations

import io
import signal
import sys

import pytest

from doris.server.debugging import breakpoints


def test_a_breakpoint_leaves_the_interrupt_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PYTHONBREAKPOINT", raising=False)
    monkeypatch.setattr(sys, "breakpointhook", sys.__breakpointhook__)
    monkeypatch.setattr(sys, "stdin", io.StringIO("p seen\nc\n"))
    before = signal.getsignal(signal.SIGINT)
    tracer = sys.gettrace()  # of coverage: the debugger takes it away for good
    seen = "a value"
    try:
        with breakpoints():
            breakpoint()
    finally:
        sys.settrace(tracer)
    assert signal.getsignal(signal.SIGINT) is before
    assert f"(Pdb) {seen!r}" in capsys.readouterr().out
    assert sys.breakpointhook is sys.__breakpointhook__


def test_a_debugger_that_was_chosen_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr(sys, "breakpointhook", lambda: called.append("chosen"))
    with breakpoints():
        breakpoint()
    assert called == ["chosen"]
