"""Addresses of boards/."""

from django.urls import include, path

urlpatterns = [path("", include("boards.accounts.urls"))]
