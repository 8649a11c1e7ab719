"""What every test may use. What only one folder needs stands in that folder's own conftest."""

import os
import shutil
from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium that `bin/browser` found; as root it runs only without its sandbox."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail('No browser. Mend it with: export CHROMIUM="$(bin/browser)"  (or put chromium on PATH)')
    return {"executable_path": path, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}
