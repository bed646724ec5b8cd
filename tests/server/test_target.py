"""Which URL a request is for. The answers are the reference runtime's, but that it refuses some with 500."""

from __future__ import annotations

import pytest

from doris.server.target import METHODS, host_name, request_url


@pytest.mark.parametrize(
    ("host", "target", "url"),
    [
        ("localhost:8787", "/a?b=c", "http://localhost:8787/a?b=c"),
        ("LOCALHOST", "/a", "http://localhost/a"),
        ("localhost", "/%ff%zz/../x?q=%ff&z=%zz", "http://localhost/x?q=%ff&z=%zz"),
        ("localhost", "//evil/x", "http://localhost//evil/x"),
        ("localhost", "/a#b", "http://localhost/a"),
        ("localhost", "http://other.example/a?b", "http://localhost/a?b"),
        ("localhost", "http://other.example?b", "http://localhost/?b"),
        ("[::1]:1", "/", "http://[::1]:1/"),
    ],
)
def test_the_url(host: str, target: str, url: str) -> None:
    assert request_url("http", host, target) == url


@pytest.mark.parametrize(
    ("host", "target"),
    [
        ("", "/"),
        ("a b", "/"),
        ("localhost:99999", "/"),
        ("localhost:abc", "/"),
        ("[::1", "/"),
        ("u@localhost", "/"),
        ("localhost/x", "/"),
        ("localhost", "*"),
        ("localhost", "?x"),
        ("localhost", "localhost:80"),
    ],
)
def test_no_url(host: str, target: str) -> None:
    assert request_url("http", host, target) is None


@pytest.mark.parametrize(
    ("host", "name"),
    [("LocalHost:8787", "localhost"), ("127.0.0.1", "127.0.0.1"), ("[::1]:80", "::1"), ("", "")],
)
def test_the_name_of_a_host(host: str, name: str) -> None:
    assert host_name(host) == name


def test_methods_are_case_sensitive() -> None:
    assert {"GET", "PURGE", "PROPFIND"} <= METHODS
    assert not {"get", "FOO", "CONNECT"} & METHODS
