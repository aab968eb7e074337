"""The accounts of the staff in the admin.

An administrator gives roles to others, never to themselves, and never more than roles: what makes a superuser is no
field of any form. An account is closed, not deleted: the history keeps the names of those who wrote it.
"""

from typing import Any

# Imported so that they register first: what allauth keeps is handled by its own pages, not row by row.
import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest

from staff import lockout, second_factor

admin.site.unregister([EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, User])


class OneAccountAnAddress:
    """The database refuses the same e-mail address twice; a form says it in words."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip()  # type: ignore[attr-defined]
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        if email and others.exists():
            raise ValidationError("Un autre compte a déjà cette adresse : donnez-en une autre.", code="email_taken")
        return email


class NewAccountForm(OneAccountAnAddress, AdminUserCreationForm):
    pass


class AccountForm(OneAccountAnAddress, UserChangeForm):
    pass


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    list_display = ["username", "person", "email", "is_active", "roles", "second_factor", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    actions = ["reset_second_factor", "forget_provider", "unlock"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Personne", {"fields": ["first_name", "last_name", "email"]}),
        ("Droits", {"fields": ["is_active", "is_staff", "groups"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Personne", {"fields": ["first_name", "last_name", "email"]}),
        ("Droits", {"fields": ["groups"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).prefetch_related("groups").annotate(has_factor=Exists(factors))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        own = ["is_active", "is_staff", "groups"] if obj is not None and obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *own]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """The roles, to tick."""
        field = super().formfield_for_manytomany(db_field, request, **options | {"widget": CheckboxSelectMultiple()})
        if field is not None and db_field.name == "groups":
            field.label, field.help_text = "Rôles", "Ce que chacun permet est écrit dans la documentation."
        return field

    @admin.display(description="nom", ordering="last_name")
    def person(self, user: User) -> str:
        return user.get_full_name() or "–"

    @admin.display(description="rôles")
    def roles(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all())) or "aucun"

    @admin.display(description="double authentification", boolean=True)
    def second_factor(self, user: Any) -> bool:
        return user.has_factor

    @admin.action(description="Retirer la double authentification (appareil perdu)", permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For others: one's own is retired on one's own page, with a code."""
        for user in self._others(request, queryset):
            second_factor.reset(user)
            self.log_change(request, user, "Double authentification retirée.")
            self.message_user(request, f"« {user} » devra l'activer à nouveau à sa prochaine connexion.")

    @admin.action(description="Oublier le fournisseur d'identité (il en a changé)", permissions=["change"])
    def forget_provider(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The next sign-in through the provider ties the account again, by its e-mail address."""
        for user in self._others(request, queryset):
            SocialAccount.objects.filter(user=user).delete()
            self.log_change(request, user, "Fournisseur d'identité oublié.")
            self.message_user(request, f"« {user} » sera reconnu à nouveau par son adresse électronique.")

    @admin.action(description="Lever l'attente après trop d'essais", permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in self._others(request, queryset):
            lockout.forget(account=user.username)
            self.log_change(request, user, "Attente levée.")
            self.message_user(request, f"« {user} » peut se connecter tout de suite.")

    def _others(self, request: HttpRequest, queryset: QuerySet[User]) -> list[User]:
        chosen = [user for user in queryset if user != request.user and self._may_touch(request, user)]
        if len(chosen) < len(queryset):
            refused = "Votre propre compte et ceux des superutilisateurs sont laissés tels quels."
            self.message_user(request, refused, messages.WARNING)
        return chosen

    def _may_touch(self, request: HttpRequest, user: User | None) -> bool:
        return user is None or not user.is_superuser or bool(request.user.is_superuser)
