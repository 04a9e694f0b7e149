"""``python -m tests.benchmarks``: what ``python3 start.py bench`` runs."""

import sys

from tests.benchmarks.harness import main

sys.exit(main())
