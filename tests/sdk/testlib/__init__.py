"""Stands for the package `testlib` that the SDK's suites import: it is not in their source distribution."""
