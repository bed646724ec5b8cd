"""``python -m doris.cli``."""

import sys

from doris.cli import main

sys.exit(main())
