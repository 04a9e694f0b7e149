"""Where the packaged program begins: the command line, as ``python -m caseworker_app`` has it."""

import sys

from caseworker_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
