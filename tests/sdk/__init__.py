"""The SDK's own test suites, run unmodified inside a Worker on the emulator."""
