"""Pages that reload themselves in a preview when the issue behind them was built again."""

import re
from dataclasses import dataclass
from typing import Final

EVENTS: Final = "/-/changes"
LOADER: Final = "/-/reload.js"
SCRIPT: Final = f'new EventSource("{EVENTS}").onmessage = () => location.reload();\n'
_POLICY: Final = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')


@dataclass(slots=True)
class Changes:
    """How often something was built again while the preview ran: whoever builds counts up, pages look."""

    count: int = 0

    def tell(self) -> None:
        """Say that something has changed."""
        self.count += 1


def watched(html: bytes) -> bytes:
    """The page with the script that reloads it, and a policy that lets in this script and no more."""
    html = _POLICY.sub(lambda found: found[1] + _opened(found[2]) + found[3], html, count=1)
    return html.replace(b"</head>", b'<script src="%s" defer></script>\n</head>' % LOADER.encode(), 1)


def _opened(policy: bytes) -> bytes:
    directives = dict(rule.strip().partition(b" ")[::2] for rule in policy.split(b";") if rule.strip())
    for directive in (b"script-src", b"connect-src"):
        sources = directives.get(directive, b"")
        if b"'self'" not in sources:
            directives[directive] = (sources + b" 'self'").strip()
    return b"; ".join(b" ".join((name, sources)) if sources else name for name, sources in directives.items())
