"""The objects in ``env``."""
