"""Every address of the site, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("boards.urls")),
    path("", include("actions.urls")),
    path("", include("reports.urls")),
]
