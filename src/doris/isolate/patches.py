"""``_cloudflare``: how the SDK adapts packages to the platform when they are imported.

The SDK registers context managers by module name; the loaders of an isolate run them around the creation and
the execution of that module. The registry belongs to a `Library`, since the SDK stays loaded with it.

Source of the rules and texts: workerd, ``_cloudflare.import_patch_manager`` and
``_cloudflare.allow_entropy``.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from doris.isolate import entropy

Around = Callable[[Any], AbstractContextManager[Any]]
Handler = Callable[[ModuleType], None]


@dataclass
class Patch:
    """What is registered for one module name."""

    create: Around = nullcontext
    exec: Around = nullcontext
    after_snapshot: Handler | None = None
    before_first_request: Handler | None = None


@contextmanager
def _around_random(patches: ImportPatches, module: ModuleType) -> Iterator[None]:
    """`random` seeds itself when it is imported, with a seed that nobody may use before the first request."""
    with entropy.allowed(10):
        yield
    seed = module.Random.seed

    @functools.wraps(seed)
    def checked_seed(self: Any, a: Any = None, version: int = 2) -> None:
        if a is None:
            entropy.check()
        seed(self, a, version)

    module.Random.seed = checked_seed
    patches.block(module, ("Random", "SystemRandom"))


@contextmanager
def _around_hashlib(module: ModuleType) -> Iterator[None]:
    """Python 3.11 has a slow `pbkdf2_hmac` for want of OpenSSL; production's Python has none."""
    yield
    vars(module).pop("pbkdf2_hmac", None)


@dataclass
class ImportPatches:
    """The patches of one library."""

    by_name: dict[str, Patch] = field(default_factory=dict)
    #: Modules whose functions may not be called while the Worker starts, by name, with the names that may.
    blocked: dict[str, tuple[ModuleType, tuple[str, ...]]] = field(default_factory=dict)
    _executed: list[tuple[Patch, ModuleType]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_name["random"] = Patch(exec=functools.partial(_around_random, self))
        self.by_name["hashlib"] = Patch(exec=_around_hashlib)

    def around_create(self, spec: ModuleSpec) -> AbstractContextManager[Any]:
        """The context in which a module is created."""
        patch = self.by_name.get(spec.name)
        return patch.create(spec) if patch is not None else nullcontext()

    @contextmanager
    def around_exec(self, module: ModuleType) -> Iterator[None]:
        """The context in which a module is executed."""
        name = module.__name__
        patch = self.by_name.get(name)
        if patch is None:
            yield
            return
        self._executed.append((patch, module))
        with patch.exec(module):
            yield

    def block(self, module: ModuleType, allowed: tuple[str, ...] = ()) -> None:
        """Refuse calls of the module's functions until the first request."""
        self.blocked[module.__name__] = (module, allowed)
        if entropy.starting():
            sys.modules[module.__name__] = BlockedModule(module, allowed)

    def at_start(self) -> dict[str, ModuleType]:
        """What stands for the kept modules that are blocked while the next Worker starts."""
        return {name: BlockedModule(module, allowed) for name, (module, allowed) in self.blocked.items()}

    def before_first_request(self) -> None:
        """Put the blocked modules back and tell the patches. Runs inside the isolate, once."""
        for name, (module, _allowed) in self.blocked.items():
            sys.modules[name] = module
            if name == "random":
                module.seed()
        executed, self._executed = self._executed, []
        for patch, module in executed:
            if patch.before_first_request is not None:
                patch.before_first_request(module)

    def modules(self) -> dict[str, ModuleType]:
        """The modules ``_cloudflare.*``."""
        package = ModuleType("_cloudflare", "Served by doris inside isolates.")
        package.__path__ = []
        manager = ModuleType("_cloudflare.import_patch_manager")
        vars(manager).update(
            block_calls=lambda module, *, allowlist=(): self.block(module, tuple(allowlist)),
            register_create_patch=self._registrar("create"),
            register_exec_patch=self._registrar("exec"),
            register_after_snapshot=self._registrar("after_snapshot"),
            register_before_first_request=self._registrar("before_first_request"),
        )
        allow = ModuleType("_cloudflare.allow_entropy")
        vars(allow).update(
            TOP_LEVEL_ENTROPY_ERROR=entropy.STARTING,
            allow_bad_entropy_calls=entropy.allowed,
            in_request_context=lambda: not entropy.starting(),
            raise_unless_entropy_allowed=entropy.check,
        )
        vars(package).update(import_patch_manager=manager, allow_entropy=allow)
        return {module.__name__: module for module in (package, manager, allow)}

    def _registrar(self, kind: str) -> Callable[..., Any]:
        def register(name: str, function: Any = None) -> Any:
            if function is None:
                return functools.partial(register, name)
            setattr(self.by_name.setdefault(name, Patch()), kind, function)
            return function

        return register


class BlockedModule(ModuleType):
    """Stands for a module while the Worker starts: its functions, however they were imported, refuse to be
    called.
    """

    def __init__(self, module: ModuleType, allowed: tuple[str, ...]) -> None:
        super().__init__(module.__name__)
        vars(self).update(
            _module=module, _allowed=allowed, __spec__=module.__spec__, __file__=module.__file__
        )

    def __getattr__(self, name: str) -> Any:
        module: ModuleType = vars(self)["_module"]
        value = getattr(module, name)
        if not callable(value) or name in vars(self)["_allowed"]:
            return value

        @functools.wraps(value)
        def refuse_while_starting(*args: Any, **kwargs: Any) -> Any:
            if entropy.starting():
                raise RuntimeError(
                    f"Cannot use {module.__name__}.{name}() outside of request context. {entropy.STARTING}"
                )
            return value(*args, **kwargs)

        return refuse_while_starting

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(vars(self)["_module"], name, value)

    def __dir__(self) -> list[str]:
        return dir(vars(self)["_module"])
