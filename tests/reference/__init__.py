"""The reference runtime: workerd with its own Python support, run from npm packages, without a network."""

from tests.reference.runtime import Answer, Reference, ReferenceError, ReferenceRuntime

__all__ = ["Answer", "Reference", "ReferenceError", "ReferenceRuntime"]
