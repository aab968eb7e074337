"""The addresses of the portal: in French for the citizen, named in English for the code."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from common.http import public_page
from oups import views, work_list
from oups.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("errors_catalog.urls")),
    path("", include("simplification.urls")),
    path("droit-a-l-erreur/", views.right_to_error, name="right_to_error"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", views.personal_data, name="personal_data"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("ecoconception/", views.ecodesign, name="ecodesign"),
    path("donnees-ouvertes/", views.open_data, name="open_data"),
    path("contact/", views.contact, name="contact"),
    path("sitemap.xml", public_page(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(f"{settings.ADMIN_PATH}compte/", include("staff.urls")),
    # In place of the index of the next line.
    path(settings.ADMIN_PATH, admin.site.admin_view(work_list.index), name="work_list"),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
