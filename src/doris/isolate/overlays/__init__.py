"""Modules of the standard library as isolates see them."""

from doris.isolate.overlays.asyncio_ import make_asyncio
from doris.isolate.overlays.importlib_ import make_importlib
from doris.isolate.overlays.os_ import make_os
from doris.isolate.overlays.time_ import make_time

__all__ = ["make_asyncio", "make_importlib", "make_os", "make_time"]
