"""What holds for the repository as a whole."""

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from oups.accessibility import STATE

ROOT = settings.BASE_DIR
PACKAGES = ["common", "life_events", "errors_catalog", "simplification", "staff", "oups"]
MODULES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False  # noqa: S607
).stdout.splitlines()  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_module_is_below_four_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_module_imports_nothing_inside_a_function(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [
        node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert [node.lineno for node in inside] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_is_for(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert not tree.body or path.name == "apps.py" or ast.get_docstring(tree)


def test_only_one_module_marks_html_as_safe():
    assert [name_of(path) for path in MODULES if "mark_safe" in path.read_text(encoding="utf-8")] == [
        "common/markdown.py"
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_holds_nothing_that_the_policy_refuses(path):
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\s(?:style|on[a-z]+)=[\"']", source)
    assert not re.search(r"<script(?![^>]*(?:src=|application/ld\+json))", source)
    assert "<style" not in source


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_says_what_it_needs(path):
    source = path.read_text(encoding="utf-8")

    assert path.suffix == ".txt" or path.parent == ROOT / "templates" or source.startswith("{# ")


def test_names_of_models_and_fields_are_in_lower_case():
    wrong = [
        (model.__name__, name)
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES and not model.__name__.startswith("Historical")
        for name in [model._meta.verbose_name, *(field.verbose_name for field in model._meta.fields)]
        if str(name)[0].isupper() and name != "ID"
    ]

    assert wrong == []


def settings_variables() -> set[str]:
    source = (ROOT / "oups" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'env\.[a-z_]+\(\s*"([A-Z0-9_]+)"', source))


def test_example_of_environment_lists_what_the_settings_read():
    listed = re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sorted(listed) == sorted(settings_variables())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_is_hashed_and_names_no_host(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9].*==", lock, flags=re.MULTILINE)

    assert not re.search(r"https?://|^-{1,2}(?:i|index-url|extra-index-url|find-links)\b", lock, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", lock, flags=re.MULTILINE))


def declared_dependencies() -> Iterator[str]:
    for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines():
        if re.match(r'  "[a-z0-9-]+(\[[a-z,-]+\])?[<>=]', line):
            yield line


def test_every_dependency_says_why():
    lines = list(declared_dependencies())

    assert len(lines) > 20
    assert [line for line in lines if "  # " not in line] == []


def test_nothing_built_or_secret_is_kept():
    assert [name for name in TRACKED if re.match(r"(?:build|staticfiles|\.local|\.venv)/|\.env$", name)] == []
    assert [name for name in TRACKED if "dsfr" in name.lower() and not name.endswith((".py", ".md"))] == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(?:TODO|FIXME|XXX)\b|[àÀ] compléter")
    texts = [ROOT / name for name in TRACKED if name.endswith((".py", ".html", ".txt", ".md", ".css", ".js"))]

    assert [
        name_of(path) for path in texts if path != Path(__file__) and marks.search(path.read_text(encoding="utf-8"))
    ] == []


def test_accessibility_is_stated_with_lawful_words():
    allowed = {"totalement conforme", "partiellement conforme", "non conforme"}

    assert STATE.wording in (allowed if STATE.audited_on else {"non conforme"})
    assert STATE.stated_on <= date.today() + timedelta(days=1)  # noqa: DTZ011  # a day is precise enough
