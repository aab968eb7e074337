"""Addresses are in French for the citizen, names in English for the code; once published they never break."""

from django.urls import path

from errors_catalog import views

app_name = "errors_catalog"

urlpatterns = [
    path("particuliers/", views.private_persons, name="private_persons"),
    path("professionnels/", views.professionals, name="professionals"),
    path("evenements-de-vie/<slug:slug>/", views.life_event, name="life_event"),
    path("administrations/", views.administration_list, name="administrations"),
    path("administrations/<slug:slug>/", views.administration, name="administration"),
    path("erreurs/", views.error_list, name="list"),
    path("erreurs/<slug:slug>/", views.error_detail, name="detail"),
    path("recherche/", views.error_list, name="search"),
]
