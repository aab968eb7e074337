"""What the bench measures, each as a list of times in milliseconds."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.test import Client

from benchmarks.__main__ import timed
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
    return {
        "recherche, la fonction": [timed(_call(engine.search, query)) for query in queries],
        "recherche, la page": [timed(_call(client.get, "/recherche/", {"q": query})) for query in queries],
        "suggestions": [timed(_call(suggest.suggestions, text)) for text in islice(beginnings, 300)],
        "liste": [timed(_call(client.get, "/erreurs/", {"page": number})) for number in range(1, 16)],
        "erreur": [timed(_call(client.get, f"/erreurs/{slug}/")) for slug in slugs],
        "situation": [timed(_call(client.get, "/evenements-de-vie/demenager/")) for _ in range(20)],
        "reconstruction de l'index": [timed(index.rebuild)],
    }


def _call(function: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: function(*arguments)
