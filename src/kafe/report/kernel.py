"""The process in which notebooks run: ipykernel without what makes every start slow or noisy.

Started as `python -m kafe.report.kernel -f CONNECTION_FILE`.
"""

import sys

from kafe.report.skip_slow_imports import skip_slow_grammars


def main() -> None:
    """Run the kernel until it is told to stop."""
    skip_slow_grammars()
    if sys.path and sys.path[0] == "":
        del sys.path[0]
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main()
