"""Mocks of outgoing requests."""

from __future__ import annotations

import re

import pytest

from doris.outbound import Answer, Call, Outbound, Refused


def call(url: str = "https://api.example/users/1", method: str = "GET", body: bytes = b"") -> Call:
    return Call(method, url, {}, body)


def test_without_a_mock_a_request_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refused) as caught:
        Outbound().decide(call())
    assert str(caught.value) == (
        "fetch of GET https://api.example/users/1 was refused: tests do not reach the network. Mock it with "
        'worker.outbound.get("https://api.example/users/1").respond(…) or allow it with '
        'worker.outbound.allow("…")'
    )


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_a_mock_answers_its_method_only(method: str) -> None:
    outbound = Outbound()
    mock = getattr(outbound, method)("https://api.example/users/1").respond("text", status=201)
    assert outbound.decide(call(method=method.upper())) is mock
    with pytest.raises(Refused):
        outbound.decide(call(method="HEAD"))


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("https://api.example/users/1", True),
        ("https://api.example/users/*", True),
        ("https://*/users/1", True),
        ("https://api.example/users", False),
        (re.compile(r"https://api\.example/users/\d"), True),
        (re.compile(r"https://api\.example/"), False),
    ],
)
def test_urls_are_whole_with_stars_or_patterns(pattern: str | re.Pattern[str], fits: bool) -> None:
    outbound = Outbound()
    mock = outbound.mock(None, pattern)
    if fits:
        assert outbound.decide(call()) is mock
    else:
        with pytest.raises(Refused):
            outbound.decide(call())


def test_an_origin_fits_its_root() -> None:
    outbound = Outbound()
    mock = outbound.get("https://api.example")
    assert outbound.decide(call("https://api.example/")) is mock


def test_the_newest_mock_wins() -> None:
    outbound = Outbound()
    outbound.get("*").respond(status=500)
    newest = outbound.get("*").respond(status=200)
    assert outbound.decide(call()) is newest


def test_answers() -> None:
    outbound = Outbound()
    as_json = outbound.get("*").respond(json={"a": 1}, headers={"X-A": "1"}).answer(call())
    assert as_json == Answer(200, (("x-a", "1"), ("content-type", "application/json")), b'{"a": 1}', "OK")
    as_text = outbound.get("*").respond("é", status=404).answer(call())
    assert as_text == Answer(404, (("content-type", "text/plain;charset=UTF-8"),), "é".encode(), "Not Found")
    as_bytes = outbound.get("*").respond(b"\x00", status=299).answer(call())
    assert as_bytes == Answer(299, (), b"\x00", "")
    assert outbound.get("*").answer(call()) == Answer()
    assert outbound.get("*").reply(lambda sent: Answer(body=sent.body)).answer(call(body=b"x")).body == b"x"
    with pytest.raises(Refused, match="gone"):
        outbound.get("*").respond(error="gone").answer(call())


def test_allowed_requests_go_to_the_network() -> None:
    outbound = Outbound()
    outbound.allow("https://api.example")
    assert outbound.decide(call()) is None
    outbound.allow(re.compile(r"https://other\.example/.*"))
    assert outbound.decide(call("https://other.example/x")) is None
    assert Outbound(allow_all=True).decide(call()) is None


def test_calls_are_recorded_and_forgotten() -> None:
    outbound = Outbound()
    mock = outbound.post("*").respond()
    sent = call(method="POST", body=b'{"a": 1}')
    outbound.decide(sent)
    mock.answer(sent)
    assert outbound.calls == [sent] == mock.calls
    assert sent.json() == {"a": 1}
    outbound.reset()
    assert outbound.calls == []
    with pytest.raises(Refused):
        outbound.decide(sent)
