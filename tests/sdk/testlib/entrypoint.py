"""What the suites' Workers import. Here pytest runs the tests from outside (`pytest --worker`), not the
Worker.
"""

from workers import Response, WorkerEntrypoint


def run_pytest(arguments):
    """In workerd the Worker's `test` handler calls this."""
    raise NotImplementedError("the tests are run by `pytest --worker`")


class TestRunnerEntrypoint(WorkerEntrypoint):
    """In workerd its routes run the suites."""

    __test__ = False

    async def fetch(self, request):
        return Response("the tests are run by `pytest --worker`", status=501)
