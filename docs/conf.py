"""Sphinx builds the site from this folder and from the docstrings: `make docs`."""

from __future__ import annotations

import gaitcheck

project = "gaitcheck"
author = "The gaitcheck developers"
project_copyright = "The gaitcheck developers"
version = release = gaitcheck.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"gaitcheck {release}"
html_show_sourcelink = False
html_copy_source = False

# Docstrings are numpydoc; a single word in backticks is a name of this project, or plain words.
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
default_role = "code"
autodoc_typehints = "none"
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
