"""What the docs say exists, and what exists is said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import gaitcheck
from gaitcheck.cli.codes import Code
from gaitcheck.gait.milestones import CRITERIA
from gaitcheck.output.exports import FORMATS

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(DOCS.glob("*.md"))


def table(page: str) -> set[str]:
    """First cells of all rows of the page's tables, without their backticks."""
    text = (DOCS / page).read_text("utf-8")
    return set(re.findall(r"^\| `?([^|`]*?)`? \|", text, flags=re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_in_the_docs_is_python_and_its_names_exist(page: Path) -> None:
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "gaitcheck":
                    assert node.attr in gaitcheck.__all__
                if node.value.id == "analysis":
                    fields = gaitcheck.Analysis.__dataclass_fields__
                    assert hasattr(gaitcheck.Analysis, node.attr) or node.attr in fields


def test_the_reference_has_every_public_name() -> None:
    text = (DOCS / "api.rst").read_text("utf-8")
    said = set(re.findall(r"^\.\. auto\w+:: gaitcheck\.(\w+)$", text, flags=re.MULTILINE))
    errors = {name for name in gaitcheck.__all__ if name.endswith("Error")}
    assert said - {"errors"} == set(gaitcheck.__all__) - errors


def test_every_format_is_in_the_table() -> None:
    assert set(FORMATS) <= table("files.md")


def test_every_milestone_has_its_source() -> None:
    assert set(CRITERIA) <= table("terms.md")


@pytest.mark.parametrize("page", ["quickstart.md", "../README.md"])
def test_every_exit_code_is_told(page: str) -> None:
    assert {str(int(code)) for code in Code} <= table(page)


def test_citation_and_package_have_one_version() -> None:
    text = (DOCS.parent / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {gaitcheck.__version__}\n" in text
