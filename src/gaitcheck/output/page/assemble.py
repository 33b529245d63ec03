"""Template, styles, scripts and data -> one HTML file that loads nothing but its video."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

MODULES: Final = (
    "data", "look", "player", "overlay", "lanes", "timeline", "table", "keys", "review", "main",
)  # fmt: skip
"""The page's ES modules, each after those that it imports: a page opened from disk cannot import,
so they are written into it one behind the other, as one module."""

_REVIEW_ONLY: Final = "'self'"
_NOBODY: Final = "'none'"
_IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:const|function) (\w+))", re.MULTILINE)


def assemble(template: str, *, data: dict[str, Any], **values: Any) -> bytes:
    """Fill a template of this folder; everything in ``values`` is escaped but `markupsafe.Markup`.

    The page's Content-Security-Policy lets in these scripts and styles alone, by their SHA-256, and
    the video beside it.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("gaitcheck.output", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script, style = scripts(), _text("page.css")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; media-src 'self' file: blob:; "
        f"connect-src {_REVIEW_ONLY if data['review'] else _NOBODY}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        environment.get_template(template)
        .render(
            policy=policy,
            style=Markup(style),
            script=Markup(script),
            data=Markup(embedded_json(data)),
            **values,
        )
        .encode("utf-8", "replace")
    )


def embedded_json(data: Any) -> str:
    r"""Give JSON that no HTML parser takes for anything else: ``<`` is ``\u003c``, and so on."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def scripts() -> str:
    """Give the page's modules as one script: each a function that returns what it exports."""
    return "\n" + "\n".join(_as_function(name, _text(f"{name}.js")) for name in MODULES)


def _as_function(name: str, module: str) -> str:
    exported = ", ".join(found[1] for found in _EXPORT.findall(module))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = \2_js;", module))
    return f"const {name}_js = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


@cache
def _text(name: str) -> str:
    return files("gaitcheck.output").joinpath("page").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
