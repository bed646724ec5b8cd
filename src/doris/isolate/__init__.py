"""Isolates: each Worker's modules apart from every other's and from the host's.

A `Isolate` has its own view of `sys.modules`, in force while its code runs (`doris.isolate.active`). Its
imports find, in this order, the project's source, ``python_modules``, the host environment and the SDK
(`doris.isolate.finder`). Only the standard library and extension modules are shared with the host; a few
modules of the standard library differ inside (`doris.isolate.stdlib`).
"""

from doris.isolate.active import current, outside
from doris.isolate.isolate import Isolate

__all__ = ["Isolate", "current", "outside"]
