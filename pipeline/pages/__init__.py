"""Self-contained web pages: NAME.html with base.css, NAME.css and NAME.js written into it, so that a page works from a disk, offline.

A content security policy in the page lets its own script run and nothing else: no text that it shows can run or fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

__all__ = ["page"]

_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")


def page(name: str, /, **parts: str) -> str:
    """Return the page of a name with its slots filled: `{{title}}` by `title=…`. Parts are HTML and go in as they are; they are not searched for slots."""
    folder = files(__name__)
    style = "".join(folder.joinpath(file).read_text(encoding="utf-8") for file in ("base.css", f"{name}.css"))
    script = folder.joinpath(f"{name}.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    every = {**parts, "style": style, "script": script, "policy": policy}
    template = folder.joinpath(f"{name}.html").read_text(encoding="utf-8")
    return _SLOT.sub(lambda slot: every[slot[1]], template)
