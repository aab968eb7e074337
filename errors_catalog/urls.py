"""Addresses are in French for the citizen, names in English for the code; once published they never break."""

from django.urls import path

from common.http import public_page
from errors_catalog import list_views, reader_views, views
from errors_catalog.feeds import ErrorFeed

app_name = "errors_catalog"

urlpatterns = [
    path("particuliers/", views.private_persons, name="private_persons"),
    path("professionnels/", views.professionals, name="professionals"),
    path("evenements-de-vie/<slug:slug>/", views.life_event, name="life_event"),
    path("administrations/", views.administration_list, name="administrations"),
    path("administrations/<slug:slug>/", views.administration, name="administration"),
    path("erreurs/", list_views.error_list, name="list"),
    path("erreurs.json", list_views.error_list_json, name="list_json"),
    path("erreurs.atom", public_page(ErrorFeed()), name="list_atom"),
    path("erreurs/<slug:slug>/", views.error_detail, name="detail"),
    path("apercu/<str:token>/", views.preview, name="preview"),
    path("erreurs/<slug:slug>/avis/", reader_views.opinion, name="opinion"),
    path("erreurs/<slug:slug>/avis/merci/", reader_views.opinion_received, name="opinion_received"),
    path("recherche/", list_views.error_list, name="search"),
    path("erreur-manquante/", list_views.missing_error, name="missing_error"),
    path("erreur-manquante/recue/", list_views.missing_error_received, name="missing_error_received"),
    path("recherche/suggestions/", list_views.suggestions, name="suggestions"),
]
