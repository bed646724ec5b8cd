"""``atob`` and ``btoa``.

Rules: the HTML standard, section 8.3 (forgiving-base64).
"""

from __future__ import annotations

import base64
import re

from doris.js import JSValue, dom_exception

from .arguments import Where

_DATA = re.compile(r"[A-Za-z0-9+/]*\Z")
_INVALID = (
    "atob() called with invalid base64-encoded data. (Only whitespace, '+', '/', alphanumeric ASCII, "
    "and up to two terminal '=' signs when the input data length is divisible by 4 are allowed.)"
)


def atob(*args: JSValue) -> str:
    """Decode base64 to a string of bytes.

    Raises:
        Throw: an InvalidCharacterError for anything that is no base64.
    """
    text = re.sub("[\t\n\f\r ]", "", Where("ServiceWorkerGlobalScope", "atob").string(args, 0))
    if len(text) % 4 == 0:
        text = re.sub("={1,2}\\Z", "", text)
    if len(text) % 4 == 1 or _DATA.match(text) is None:
        raise dom_exception(_INVALID, "InvalidCharacterError")
    return base64.b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")


def btoa(*args: JSValue) -> str:
    """Encode a string of bytes as base64.

    Raises:
        Throw: an InvalidCharacterError for a character above U+00FF.
    """
    text = Where("ServiceWorkerGlobalScope", "btoa").string(args, 0)
    try:
        return base64.b64encode(text.encode("latin-1")).decode()
    except UnicodeEncodeError:
        raise dom_exception(
            "btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1) range.",
            "InvalidCharacterError",
        ) from None
