"""Addresses of the service that rewrites hard documents. That of a form carries its token: nobody guesses it."""

from django.urls import path

from simplification import sending_views, tracking_views, views

app_name = "simplification"

urlpatterns = [
    path("simplifier/", views.introduction, name="introduction"),
    path("simplifier/document/", sending_views.begin, name="begin"),
    path("simplifier/envoi/<slug:token>/document/", sending_views.document, name="document"),
    path("simplifier/envoi/<slug:token>/difficulte/", sending_views.difficulty, name="difficulty"),
    path("simplifier/envoi/<slug:token>/verifier/", sending_views.check, name="check"),
    path("simplifier/envoi/<slug:token>/recu/", sending_views.received, name="received"),
    path("simplifier/suivi/", tracking_views.tracking, name="tracking"),
    path("simplifier/suivi/effacer/", tracking_views.delete, name="delete"),
    path("simplifier/resultats/", views.results, name="results"),
    path("simplifier/avant-apres/", views.gallery, name="gallery"),
    path("simplifier/avant-apres/<slug:slug>/", views.rewriting, name="rewriting"),
]
