"""``pyodide.http``: ``pyfetch`` and its response, which the SDK's ``Response`` extends.

Source of the rules: the reference runtime (Pyodide 314, ``pyodide.http``).
"""

from __future__ import annotations

import asyncio
import functools
import json
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from ..js.abilities import JsException
from .ffi import to_js

T = TypeVar("T")


class HttpStatusError(OSError):
    """`FetchResponse.raise_for_status` found a status of 400 or more."""

    def __init__(self, status: int, status_text: str, url: str) -> None:
        self.status = status
        self.status_text = status_text
        self.url = url
        if 400 <= status < 500:
            kind = "Client Error"
        elif 500 <= status < 600:
            kind = "Server Error"
        else:
            kind = "Invalid error code not between 400 and 599"
        super().__init__(f"{status} {kind}: {status_text} for url: {url}")

    def __reduce__(self) -> Any:
        return (type(self), (self.status, self.status_text, self.url))


class BodyUsedError(OSError):
    """The body of a response was read before."""

    def __init__(self) -> None:
        super().__init__("Response body is already used")


class AbortError(OSError):
    """A fetch failed or was aborted."""

    def __init__(self, reason: JsException | str | None = None) -> None:
        text = reason if isinstance(reason, str) else getattr(reason, "message", None)
        super().__init__(text)


def _abort_on_cancel(method: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
    @functools.wraps(method)
    async def wrapper(self: FetchResponse, *args: Any, **kwargs: Any) -> T:
        try:
            return await method(self, *args, **kwargs)
        except JsException as error:
            signal = self.abort_signal
            raise AbortError(signal.reason if signal and signal.aborted else error) from None
        except asyncio.CancelledError:
            if self.abort_controller:
                self.abort_controller.abort()
            raise

    return wrapper


class FetchResponse:
    """A JavaScript ``Response`` with Python types in its answers.

    Args:
        request: the URL that was fetched, or the ``Request``.
        js_response: the JavaScript ``Response``.
        abort_controller: what `abort` uses.
        abort_signal: the signal that the fetch was given.
    """

    _Request: Any = None  # the isolate's ``js.Request``; set by `make_http`

    def __init__(
        self, request: Any, js_response: Any, abort_controller: Any = None, abort_signal: Any = None
    ) -> None:
        if isinstance(request, str):
            # The absolute form of the URL is what `url` would show; an empty one (a response made here) has
            # none.
            self.js_request = self._Request.new(request) if request else None
            self._url = self.js_request.url if self.js_request is not None else request
        else:
            self.js_request = request
            self._url = request.url
        self.js_response = js_response
        self.abort_controller = abort_controller
        self.abort_signal = abort_signal

    @property
    def body_used(self) -> bool:
        """Whether the body was read."""
        return bool(self.js_response.bodyUsed)

    @property
    def headers(self) -> Any:
        """The headers, by lower-case name."""
        return dict(list(pair) for pair in self.js_response.headers.entries())

    @property
    def ok(self) -> bool:
        """Whether the status is 200 to 299."""
        return bool(self.js_response.ok)

    @property
    def redirected(self) -> bool:
        """Whether the answer came after a redirect."""
        return bool(self.js_response.redirected)

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.js_response.status)

    @property
    def status_text(self) -> str:
        """The reason phrase."""
        return str(self.js_response.statusText)

    @property
    def type(self) -> str:
        """The type of the response ("default", "error", …)."""
        return str(self.js_response.type)

    @property
    def url(self) -> str:
        """The URL of the response, after redirects."""
        return str(self.js_response.url)

    def _raise_if_failed(self) -> None:
        if self.abort_signal and self.abort_signal.aborted:
            raise AbortError(self.abort_signal.reason)
        if self.js_response.bodyUsed:
            raise BodyUsedError

    def raise_for_status(self) -> None:
        """Raise an `HttpStatusError` for a status of 400 to 599."""
        if 400 <= self.status < 600:
            raise HttpStatusError(self.status, self.status_text, self.url)

    def clone(self) -> FetchResponse:
        """A copy whose body can be read as well.

        Raises:
            BodyUsedError: the body was read.
        """
        if self.js_response.bodyUsed:
            raise BodyUsedError
        base = self._base
        return base(
            self.js_request or self._url, self.js_response.clone(), self.abort_controller, self.abort_signal
        )

    _base: Callable[..., FetchResponse]

    @_abort_on_cancel
    async def buffer(self) -> Any:
        """The body as a JavaScript ArrayBuffer."""
        self._raise_if_failed()
        return await self.js_response.arrayBuffer()

    @_abort_on_cancel
    async def text(self) -> str:
        """The body as text."""
        self._raise_if_failed()
        return str(await self.js_response.text())

    async def string(self) -> str:
        """The body as text (the old name of `text`)."""
        return await self.text()

    async def json(self, **kwargs: Any) -> Any:
        """The body parsed as JSON; keyword arguments go to `json.loads`."""
        self._raise_if_failed()
        return json.loads(await self.string(), **kwargs)

    async def memoryview(self) -> memoryview:
        """The body as a memoryview."""
        self._raise_if_failed()
        view: memoryview = (await self.buffer()).to_memoryview()
        return view

    async def _into_file(self, f: IO[bytes]) -> None:
        (await self.buffer())._into_file(f)

    async def _create_file(self, path: str) -> None:
        with open(path, "xb") as file:
            await self._into_file(file)

    async def bytes(self) -> bytes:
        """The body as bytes."""
        self._raise_if_failed()
        return bytes((await self.buffer()).to_bytes())

    async def unpack_archive(self, *, extract_dir: str | None = None, format: str | None = None) -> None:
        """Unpack the body as an archive (``shutil.unpack_archive``)."""
        name = self._url.rsplit("/", 1)[-1] or "archive"
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder, name)
            archive.write_bytes(await self.bytes())
            shutil.unpack_archive(archive, extract_dir, format)

    def abort(self, reason: Any = None) -> None:
        """Abort the fetch.

        Raises:
            ValueError: there is no abort controller.
        """
        if self.abort_controller is None:
            raise ValueError("abort_controller is not set")
        self.abort_controller.abort(reason)


def make_http(js: Any) -> dict[str, Any]:
    """The names of ``pyodide.http`` for one isolate, whose global object is ``js``."""
    response_class = _response_class(js)

    async def pyfetch(
        request: Any, /, *, signal: Any = None, fetcher: Any = None, **kwargs: Any
    ) -> FetchResponse:
        """Fetch a URL or a JavaScript ``Request``.

        Raises:
            AbortError: the fetch failed or was aborted.
        """
        controller = js.AbortController.new()
        own = controller.signal
        signal = js.AbortSignal.any(to_js([signal, own])) if signal else own
        kwargs["signal"] = signal
        fetch = fetcher or js.fetch
        options = to_js(kwargs, dict_converter=js.Object.fromEntries)
        if isinstance(request, str):
            request = js.Request.new(request, options)
        try:
            return response_class(request, await fetch(request, options), controller, signal)
        except asyncio.CancelledError:
            controller.abort()
            raise
        except JsException as error:
            raise AbortError(error) from None

    return {
        "FetchResponse": response_class, "pyfetch": pyfetch, "HttpStatusError": HttpStatusError,
        "BodyUsedError": BodyUsedError,
        "AbortError": AbortError,
    }  # fmt: skip


def _response_class(js: Any) -> type[FetchResponse]:
    class Isolated(FetchResponse):
        @property
        def _Request(self) -> Any:
            return js.Request

    Isolated.__name__ = Isolated.__qualname__ = "FetchResponse"
    Isolated.__module__ = "pyodide.http._pyfetch"
    Isolated.__doc__ = FetchResponse.__doc__
    Isolated._base = staticmethod(Isolated)
    return Isolated


__all__ = ["AbortError", "BodyUsedError", "FetchResponse", "HttpStatusError", "make_http"]

# What tracebacks show.
FetchResponse.__module__ = "pyodide.http._pyfetch"
for _error in (AbortError, BodyUsedError, HttpStatusError):
    _error.__module__ = "pyodide.http._exceptions"
