"""The pytest plugin: a project's tests run against its Worker, or inside it.

The fixtures `worker` (a `doris.Worker`), `env`, `clock` and `outbound` are those of the project whose
wrangler file is the nearest one upwards from the test. ``pytest --worker DIR`` runs every test module
inside that project's Worker. ``async def`` tests that no other plugin claims are run. Every test starts
from clean state.

Nothing of the emulator is imported before a test needs it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from doris.clock import Clock
    from doris.outbound import Outbound
    from doris.runtime.worker import Worker
    from doris.testing.project import TestProject
    from doris.testing.projects import Projects

_projects: pytest.StashKey[Projects] = pytest.StashKey()

#: Markers that say which plugin runs an ``async def`` test, with the name that plugin registers under.
_CLAIMS = {"asyncio": "asyncio", "anyio": "anyio", "trio": "trio", "twisted": "pytest_twisted"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--worker``."""
    group = parser.getgroup("doris", "Cloudflare Python Workers")
    group.addoption(
        "--worker", metavar="DIR", help="run the test modules inside the Worker of the project in DIR"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Load the first conftest files inside the Worker."""
    with _inside(early_config, None):
        return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker of the SDK's own tests where no plugin does."""
    if config.getoption("worker") and not config.pluginmanager.hasplugin("asyncio"):
        config.addinivalue_line("markers", "asyncio: an async test, run by doris")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop every Worker."""
    projects = config.stash.get(_projects, None)
    if projects is not None:
        projects.close()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Collect inside the Worker of ``--worker``."""
    with _inside(session.config, None):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Import a test module inside its project's Worker, so that ``from workers import …`` works there."""
    if not isinstance(collector, pytest.Module):
        return (yield)
    with _inside(collector.config, collector):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Start from clean state."""
    project = _project_of(item)
    if project is not None:
        project.clean()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run the test function, unless another plugin does."""
    function = pyfuncitem.obj
    is_async = inspect.iscoroutinefunction(function)
    project = _project_of(pyfuncitem)
    inside = project is not None and (project.is_inside or project.is_open)
    if not is_async and not inside:
        return None
    if _is_wrapped(pyfuncitem) or (is_async and _is_claimed(pyfuncitem)):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    _run(project if inside else None, lambda: function(**arguments))
    return True


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    """Set up an ``async def`` fixture of a project's tests; other fixtures are pytest's."""
    function: Any = fixturedef.func
    project = _project_of_async_fixture(function, request)
    if project is None:
        return (yield)
    if request.scope != "function":
        pytest.fail(
            f"the async fixture {fixturedef.argname!r} has the scope {request.scope!r}. Every test starts "
            "from clean state, so async fixtures belong to one test: leave the scope out",
            pytrace=False,
        )
    # pytest sets up an ordinary function in its place: None as a hook's result would mean "not dealt with".
    changed: Any = fixturedef
    changed.func = _ordinary(function, project)
    try:
        return (yield)
    finally:
        changed.func = function


def _project_of_async_fixture(function: Any, request: pytest.FixtureRequest) -> Any:
    if not (inspect.isasyncgenfunction(function) or inspect.iscoroutinefunction(function)):
        return None
    item = request._pyfuncitem
    return None if _is_claimed(item) else _project_of(item)


def _ordinary(function: Any, project: Any) -> Any:
    """An ordinary fixture function that runs an ``async def`` one on the project's loop."""
    if inspect.isasyncgenfunction(function):

        def generating(*args: Any, **kwargs: Any) -> Generator[Any, None, None]:
            generator = function(*args, **kwargs)
            yield _run(project, lambda: anext(generator))
            _run(project, lambda: anext(generator, None))

        return generating
    return lambda *args, **kwargs: _run(project, lambda: function(*args, **kwargs))


@pytest.fixture
def worker(request: pytest.FixtureRequest) -> Worker:
    """The running Worker of the nearest project, with clean state and freshly loaded code."""
    return _needed(request).fresh_worker()


@pytest.fixture
def env(request: pytest.FixtureRequest) -> Any:
    """The variables and bindings of the nearest project's Worker."""
    return _needed(request).worker.env


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """The clock of the nearest project's Worker."""
    return _needed(request).worker.clock


@pytest.fixture
def outbound(request: pytest.FixtureRequest) -> Outbound:
    """The outgoing requests of the nearest project's Worker."""
    return _needed(request).worker.outbound


def _needed(request: pytest.FixtureRequest) -> TestProject:
    if inspect.iscoroutinefunction(getattr(request.node, "function", None)) and _is_claimed(request.node):
        pytest.fail(
            f"the fixture {request.fixturename!r} needs a test that doris runs, but another plugin claims "
            "this one: take its marker away (with pytest-asyncio also asyncio_mode = auto)",
            pytrace=False,
        )
    project = _project_of(request.node)
    if project is None:
        pytest.fail(
            f"no wrangler.toml, wrangler.json or wrangler.jsonc of a Worker in {request.path.parent} "
            "or above it",
            pytrace=False,
        )
    return project


def _project_of(node: pytest.Item | pytest.Collector) -> TestProject | None:
    """The project that a test or module belongs to; None when no wrangler file is near."""
    config = node.config
    projects = config.stash.get(_projects, None)
    if projects is None:
        from doris.testing.projects import Projects

        projects = config.stash[_projects] = Projects(
            config.known_args_namespace.worker, config.invocation_params.dir
        )
    return projects.of(node.path)


def _inside(config: pytest.Config, collector: pytest.Collector | None) -> Any:
    import contextlib

    if collector is not None:
        project = _project_of(collector)
        return project.entered() if project is not None else contextlib.nullcontext()
    directory = getattr(config.known_args_namespace, "worker", None)
    if directory is None:
        return contextlib.nullcontext()
    from doris.testing.projects import Projects

    projects = config.stash.setdefault(_projects, Projects(directory, config.invocation_params.dir))
    return projects.only().entered()


def _is_wrapped(item: pytest.Item) -> bool:
    """Whether pytest-asyncio made the item: then its function is no longer a coroutine function."""
    return type(item).__module__.partition(".")[0] == "pytest_asyncio"


def _is_claimed(item: pytest.Item) -> bool:
    if _is_wrapped(item):
        return True
    plugins = item.config.pluginmanager
    if any(item.get_closest_marker(marker) and plugins.hasplugin(name) for marker, name in _CLAIMS.items()):
        return True
    if "anyio_backend" in getattr(item, "fixturenames", ()):
        return True
    return plugins.hasplugin("asyncio") and item.config.getini("asyncio_mode") == "auto"


def _run(project: TestProject | None, call: Callable[[], Any]) -> Any:
    __tracebackhide__ = True
    if project is not None:
        return project.run(call)
    import asyncio

    async def plain() -> Any:
        __tracebackhide__ = True
        return await call()

    with asyncio.Runner() as runner:
        return runner.run(plain())
