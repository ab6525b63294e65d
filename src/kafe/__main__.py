"""`python -m kafe` is the command line."""

from kafe.cli import main

main()
