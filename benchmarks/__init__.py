"""`make bench`: the emulator and the reference runtime, side by side in one run."""
