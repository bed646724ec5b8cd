"""Compatibility flags that change what a Python Worker sees.

Source: workerd's ``compatibility-date.capnp`` of the pinned version: name of the flag, of the one against it,
and the compatibility date from which it is on.
"""

from __future__ import annotations

from dataclasses import dataclass

from doris.config import Project

#: From this compatibility date on the runtime calls ``class Default``, before it the module's ``on_fetch``.
NO_GLOBAL_HANDLERS = "2025-08-14"

_FLAGS = (
    ("python_workers", "", ""),
    ("python_workflows", "", ""),
    ("python_no_global_handlers", "disable_python_no_global_handlers", NO_GLOBAL_HANDLERS),
    ("python_workers_force_new_vendor_path", "", "2025-08-11"),
    ("python_check_rng_state", "disable_python_check_rng_state", "2025-12-16"),
    (
        "python_request_headers_preserve_commas",
        "disable_python_request_headers_preserve_commas",
        "2026-02-17",
    ),
    ("python_workflows_implicit_dependencies", "no_python_workflows_implicit_dependencies", "2026-02-25"),
    ("enable_python_external_sdk", "disable_python_external_sdk", "2026-04-21"),
    ("python_process_pth_files", "disable_python_process_pth_files", "2026-05-26"),
)


@dataclass(frozen=True)
class Compat:
    """Which of the flags are on for a project."""

    flags: dict[str, bool]

    def __getitem__(self, flag: str) -> bool:
        return self.flags[flag]


def compat_of(project: Project) -> Compat:
    """The flags of a project: what the file says, else what its compatibility date implies.

    A project without a date gets today's behaviour.
    """
    written = set(project.compatibility_flags)
    date = project.compatibility_date or "9999-12-31"
    flags = {
        enable: enable in written or (bool(since) and date >= since and disable not in written)
        for enable, disable, since in _FLAGS
    }
    return Compat(flags)
