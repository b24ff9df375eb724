"""What every test shares: nothing of the developer's own machine leaks in, and a slow machine fails no property."""

import os

from hypothesis import settings

os.environ.pop("INFOVIEW_VAULT", None)
os.environ["INFOVIEW_CACHE"] = "off"

# No deadline: a time limit on two busy cores says nothing about the code. In CI the examples are the same every time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("steady")
