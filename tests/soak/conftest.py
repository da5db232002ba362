"""The soak runs use what the end-to-end tests are made of."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "e2e"))
