"""Where the catalogue gives an address: sources, links of the texts, law, administrations and their channels."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from errors_catalog.models import (
    Administration,
    ContactChannel,
    FrequentError,
    LegalReference,
    LinkCheck,
    OfficialSource,
)

LINKED: Any = Func("links", function="unnest", output_field=TextField())


class Place(NamedTuple):
    """A row that editors open to change an address: the name of its model, its key, its name."""

    model: str
    pk: int
    name: str


def addresses() -> set[str]:
    """Every address that a public page gives."""
    public = FrequentError.objects.public()
    found = set(OfficialSource.objects.filter(error__in=public).values_list("url", flat=True))
    for model in (LegalReference, Administration, ContactChannel):
        found |= set(model.objects.exclude(url="").values_list("url", flat=True))
    return found.union(*public.values_list("links", flat=True))


def to_mend(error: FrequentError) -> QuerySet[LinkCheck]:
    """The addresses of an entry, in its sources and in its texts, that no longer lead where they should."""
    own = {source.url for source in error.sources.all()}.union(error.links)
    return LinkCheck.objects.filter(url__in=own, outcome__in=LinkCheck.TO_MEND)


def all_to_mend() -> QuerySet[LinkCheck]:
    """Those that a public page still gives: an address that nothing gives any more is nobody's work."""
    broken = LinkCheck.objects.filter(outcome__in=LinkCheck.TO_MEND)
    public = FrequentError.objects.public().order_by()
    # Only the texts that link to one of these are opened: an index finds them.
    linking = public.filter(links__overlap=ArraySubquery(broken.order_by().values(text=Cast("url", TextField()))))
    is_given = Q(url__in=OfficialSource.objects.order_by().filter(error__in=public).values("url"))
    is_given |= Q(url__in=linking.values_list(LINKED))
    for model in (LegalReference, Administration, ContactChannel):
        is_given |= Q(url__in=model.objects.order_by().values("url"))
    return broken.filter(is_given)


def places(urls: Iterable[str]) -> dict[str, list[Place]]:
    """Where each of these addresses is written, in one query."""
    found: dict[str, list[Place]] = {url: [] for url in urls}
    wanted, public = list(found), FrequentError.objects.public()
    sources = OfficialSource.objects.filter(error__in=public, url__in=wanted)
    channels = ContactChannel.objects.filter(url__in=wanted)
    rows = _places(sources, "url", FrequentError, "error_id", "error__title").union(
        _places(public.filter(links__overlap=wanted), LINKED, FrequentError, "pk", "title"),
        _places(LegalReference.objects.filter(url__in=wanted), "url", LegalReference, "pk", "article"),
        _places(Administration.objects.filter(url__in=wanted), "url", Administration, "pk", "short_name"),
        _places(channels, "url", Administration, "administration_id", "administration__short_name"),
    )
    for url, *place in rows.order_by("named"):
        if url in found:  # an entry comes with all its links
            found[url].append(Place(*place))
    return found


def _places(rows: QuerySet, address: Any, model: Any, key: str, named: str) -> QuerySet:
    columns = {
        "address": F(address) if isinstance(address, str) else address,
        "model": Value(model._meta.model_name),
        "key": F(key),
        "named": F(named),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
