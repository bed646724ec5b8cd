# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""The table of encodings."""

from __future__ import annotations

import codecs

import pytest

from doris.web import encoding_labels


@pytest.mark.parametrize(
    ("label", "name"),
    [("utf8", "utf-8"), ("ASCII", "windows-1252"), ("\tl5\n", "windows-1254"), ("sjis", "shift_jis"), ("visual", "iso-8859-8"),
     ("gb2312", "gbk"), ("unicode", "utf-16le"), ("iso-8859-16", "iso-8859-16")],
)  # fmt: skip
def test_labels(label, name):
    found = encoding_labels.find(label)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("label", ["", "zz", "utf-7", "hz-gb-2312", "utf - 8"])
def test_what_is_no_label(label):
    assert encoding_labels.find(label) is None


def test_python_has_every_codec():
    for encoding in set(encoding_labels._LABELS.values()):
        if encoding.codec != "x-user-defined":
            codecs.lookup(encoding.codec)


def test_there_are_as_many_as_the_standard_has():
    labels = encoding_labels._LABELS
    assert len({encoding.name for encoding in labels.values()}) == 39
