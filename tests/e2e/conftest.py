import os
import tempfile
from pathlib import Path

import pytest
from bad_media import Shelf


@pytest.fixture(scope="session")
def shelf():
    """A folder that nobody may read too: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="reelwright-") as folder:
        os.chmod(folder, 0o755)
        yield Shelf(Path(folder))
