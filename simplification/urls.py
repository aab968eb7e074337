"""Addresses of the service that rewrites hard documents."""

from django.urls import path

from simplification import views

app_name = "simplification"

urlpatterns = [
    path("simplifier/", views.introduction, name="introduction"),
]
