"""What the bench measures, each as a list of times in milliseconds."""

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import desk
from errors_catalog.models import FrequentError
from errors_catalog.search import engine, evaluation, index, suggest

QUERIES = Path(settings.BASE_DIR) / "tests" / "search" / "queries.tsv"
PAGES = 100


def run() -> dict[str, list[float]]:
    queries = [query.words for query in evaluation.read(QUERIES)]
    slugs = FrequentError.objects.public().order_by("slug").values_list("slug", flat=True)[:PAGES]
    beginnings = [query[:length] for query in queries for length in (2, 4, 7)]
    client = Client()
    engine.search("préparation")  # the first search reads the dictionary
    client.get("/erreurs/")
    desk.fill()
    staff = _reviewer()
    staff.get(reverse("admin:index"))
    return {
        "recherche, la fonction": [_timed(engine.search, query) for query in queries],
        "recherche, la page": [_timed(client.get, "/recherche/", {"q": query}) for query in queries],
        "suggestions": [_timed(suggest.suggestions, text) for text in islice(beginnings, 300)],
        "liste": [_timed(client.get, "/erreurs/", {"page": number}) for number in range(1, 16)],
        "erreur": [_timed(client.get, f"/erreurs/{slug}/") for slug in slugs],
        "situation": [_timed(client.get, "/evenements-de-vie/demenager/") for _ in range(20)],
        "reconstruction de l'index": [_timed(index.rebuild)],
        "accueil de la gestion": [_timed(staff.get, reverse("admin:index")) for _ in range(20)],
    }


def queries_of_home() -> int:
    """How many queries the first page of the staff makes, with something in every list."""
    staff = _reviewer()
    with CaptureQueriesContext(connection) as queries:
        staff.get(reverse("admin:index"))
    return len(queries)


def _reviewer() -> Client:
    client = Client()
    client.force_login(desk.reviewer())
    return client


def _timed(function: Callable[..., object], *arguments: object) -> float:
    """Milliseconds that a call takes."""
    start = time.perf_counter()
    function(*arguments)
    return 1000 * (time.perf_counter() - start)
