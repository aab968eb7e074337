"""Test data by situation. Nothing is random: a test that fails fails again."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from common.models import Audience
from errors_catalog.models import (
    Administration,
    ContactChannel,
    Deadline,
    ErrorLifeEvent,
    FrequentError,
    LegalReference,
    OfficialSource,
    ReaderMessage,
)
from life_events.models import LifeEvent
from oups import roles

SECOND_FACTOR_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class LifeEventFactory(DjangoModelFactory):
    class Meta:
        model = LifeEvent

    slug = factory.Sequence(lambda n: f"evenement-{n}")
    audience = Audience.PRIVATE
    name = factory.Sequence(lambda n: f"Je vis l'événement {n}")
    description = "Ce qui change, et qui prévenir."
    pictogram = "buildings/house"
    position = factory.Sequence(lambda n: 1000 + n)  # after those of the catalogue


class AdministrationFactory(DjangoModelFactory):
    class Meta:
        model = Administration

    slug = factory.Sequence(lambda n: f"administration-{n}")
    name = factory.Sequence(lambda n: f"Administration numéro {n}")
    short_name = factory.Sequence(lambda n: f"Adm{n}")
    handles = "S'occupe de beaucoup de choses."
    url = "https://www.administration.gouv.fr"
    checked_on = date(2026, 11, 1)


class ContactChannelFactory(DjangoModelFactory):
    class Meta:
        model = ContactChannel

    administration = factory.SubFactory(AdministrationFactory)
    kind = ContactChannel.Kind.PHONE
    label = "Signaler une erreur"
    value = "36 46"
    position = factory.Sequence(lambda n: n + 1)


class LegalReferenceFactory(DjangoModelFactory):
    class Meta:
        model = LegalReference

    slug = factory.Sequence(lambda n: f"code-l{n}")
    code = "Code des exemples"
    article = factory.Sequence(lambda n: f"L{n}")
    summary = "Ce que dit l'article."
    checked_on = date(2026, 11, 1)


class FrequentErrorFactory(DjangoModelFactory):
    """A draft. `published=True` gives one that the public reads; `complete=True` adds all that a page can show."""

    class Meta:
        model = FrequentError
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            status=FrequentError.Status.PUBLISHED, published_at=datetime(2026, 11, 1, 12, tzinfo=UTC)
        )

    slug = factory.Sequence(lambda n: f"erreur-{n}")
    title = factory.Sequence(lambda n: f"J'ai fait l'erreur numéro {n}")
    audience = Audience.PRIVATE
    summary = "Corrigez dès maintenant."
    situation = "Beaucoup de gens se trompent."
    sanction = "Vous ne risquez rien."
    repayment = "Rien à rembourser."
    correction = "1. Ouvrez votre compte.\n2. Corrigez.\n3. Gardez une preuve.\n"
    prevention = "- Vérifiez.\n- Notez la date.\n"
    right_to_error = FrequentError.RightToError.YES
    right_to_error_reason = "Une première erreur de bonne foi n'est pas punie."
    keywords = ["oubli"]
    administration = factory.SubFactory(AdministrationFactory)
    checked_on = date(2026, 11, 1)

    @factory.post_generation
    def life_events(self: FrequentError, create: bool, extracted: list[LifeEvent] | None, **kwargs: Any) -> None:  # type: ignore[misc]
        for position, event in enumerate(extracted or [LifeEventFactory()], start=1):
            ErrorLifeEvent.objects.create(error=self, life_event=event, position=position)

    @factory.post_generation
    def complete(self: FrequentError, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # type: ignore[misc]
        if not extracted:
            return
        reference = LegalReferenceFactory()
        self.legal_references.add(reference)
        self.other_administrations.add(AdministrationFactory())
        self.related.set(FrequentErrorFactory.create_batch(3, published=True))
        for position in (1, 2):
            Deadline.objects.create(
                error=self, position=position, trigger="Vous recevez une lettre", delay=20, unit="day",
                effect="Vous pouvez répondre", legal_reference=reference,
            )  # fmt: skip
            OfficialSource.objects.create(
                error=self, position=position, title="La fiche", url="https://www.service-public.gouv.fr/fiche",
                checked_on=date(2026, 11, 1),
            )  # fmt: skip
        ContactChannelFactory(administration=self.administration, for_errors=True)


class ReaderMessageFactory(DjangoModelFactory):
    """A « non » to settle. `helpful=True` gives a plain « oui »; `missing=True` tells of an entry that lacks."""

    class Meta:
        model = ReaderMessage

    class Params:
        helpful = factory.Trait(
            kind=ReaderMessage.Kind.HELPFUL, reasons=[], text="", settled_at=factory.SelfAttribute("created_at")
        )
        missing = factory.Trait(kind=ReaderMessage.Kind.MISSING, error=None, reasons=[], query="ruche")

    kind = ReaderMessage.Kind.UNHELPFUL
    error = factory.SubFactory(FrequentErrorFactory, published=True)
    reasons = [ReaderMessage.Reason.HARD]
    text = "Je n'ai pas compris."
    created_at = factory.LazyFunction(timezone.now)


class StaffFactory(DjangoModelFactory):
    """A member of the staff with a second factor; `role` puts them in one of the groups of `oups.roles`."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"agent-{n}")
    is_staff = True

    @factory.post_generation
    def role(self: Any, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if extracted:
            if not Group.objects.exists():  # a hundred queries: once a test
                roles.create_roles()
            self.groups.add(Group.objects.get(name=extracted))

    @factory.post_generation
    def second_factor(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """Once the password is the only proof, pages stay closed: `second_factor=False` gives such an account."""
        if extracted is not False:
            TOTP.activate(self, SECOND_FACTOR_KEY)
