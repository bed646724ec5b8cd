"""URLPattern. `pattern` compiles one component, `constructor_string` splits a pattern that is written as a
whole URL.
"""

from .interface import URLPattern

__all__ = ["URLPattern"]
