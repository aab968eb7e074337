"""The data of the bench: the catalogue of the repository, then copies of it whose words are mixed."""

import random
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from errors_catalog import catalogue_files
from errors_catalog.models import ErrorLifeEvent, FrequentError
from errors_catalog.search import index


def fill() -> None:
    """An empty database with the catalogue of the repository in it."""
    call_command("migrate", interactive=False, verbosity=0)
    FrequentError.objects.filter(slug__startswith="copie-").delete()
    catalogue_files.load(Path(settings.FIXTURE_DIRS[0]))
    index.rebuild()


def grow(size: int) -> None:
    """Add published copies up to `size` entries: each takes its title, keywords and texts from different ones."""
    chance = random.Random(7)  # noqa: S311  # the same copies at each run
    models = list(FrequentError.objects.public().order_by("slug"))
    words = [word for error in models for word in error.title.split()]
    events = list(ErrorLifeEvent.objects.filter(position=1).values_list("life_event", flat=True))
    copies = [
        FrequentError(
            slug=f"copie-{number}",
            title=f"{' '.join(chance.choices(words, k=9))[:80]} {number}",
            audience=chance.choice(models).audience,
            summary=chance.choice(models).summary,
            keywords=[chance.choice(chance.choice(models).keywords) for _ in range(8)],
            administration_id=chance.choice(models).administration_id,
            right_to_error=chance.choice(models).right_to_error,
            right_to_error_reason="Copie.",
            status=FrequentError.Status.PUBLISHED,
            published_at=models[0].published_at,
            checked_on=models[0].checked_on,
            **{name: getattr(chance.choice(models), name) for name in FrequentError.SECTIONS},
        )
        for number in range(size - len(models))
    ]
    FrequentError.objects.bulk_create(copies, batch_size=1_000)
    ErrorLifeEvent.objects.bulk_create(
        ErrorLifeEvent(error=error, life_event_id=chance.choice(events), position=1) for error in copies
    )
    index.rebuild()
