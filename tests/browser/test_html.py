"""Valid HTML on every page, checked by the Nu HTML checker in one call."""

import json
import shutil
import subprocess
from collections.abc import Callable

import pytest
from django.conf import settings
from django.shortcuts import render

from tests.addresses import FORMS, PAGES, REFUSALS
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

CHECKER = settings.BASE_DIR / ".local" / "vnu" / "vnu.jar"
ERROR_PAGES = [400, 403, 404, 405, 413, 429, 500, 503]


def test_the_html_checker_finds_no_error(visit: Callable[..., Visit], rf, tmp_path):
    if not (CHECKER.exists() and shutil.which("java")):
        pytest.skip("le vérificateur HTML n'est pas installé : voir .ci/install")
    for number, path in enumerate([*PAGES, *FORMS, *REFUSALS]):
        (tmp_path / f"{number}.html").write_text(visit(path).html, encoding="utf-8")
    for status in ERROR_PAGES:
        (tmp_path / f"error-{status}.html").write_bytes(render(rf.get("/"), f"{status}.html").content)

    command = ["java", "-jar", CHECKER, "--errors-only", "--format", "json", *sorted(tmp_path.glob("*.html"))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    messages = json.loads(checked.stderr)["messages"]
    assert [(m["url"][-20:], m["message"], m.get("extract", "")) for m in messages] == []
