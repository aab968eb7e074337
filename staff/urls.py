"""The addresses of the sign-in, below the admin's path; the names are those that allauth looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from staff import provider, views

urlpatterns = [
    path("", mfa.index, name="mfa_index"),
    path("connexion/", views.sign_in, name="account_login"),
    path("connexion/code/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/fournisseur/", provider.sign_in, name="oidc_login"),
    path("connexion/fournisseur/retour/", provider.callback, name="oidc_callback"),
    path("deconnexion/", views.sign_out, name="account_logout"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("mot-de-passe/", views.change_password, name="account_change_password"),
    path("double-authentification/activer/", views.activate, name="mfa_activate_totp"),
    path("double-authentification/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes-de-secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes-de-secours/nouveaux/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
