"""Options that many commands have."""

from pathlib import Path
from typing import Annotated

import typer

ProjectOption = Annotated[
    Path, typer.Option("--project", help="The project folder, or any folder inside it.", show_default=False)
]
HERE = Path()
