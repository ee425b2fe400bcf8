"""Addresses of signing in and of one's own account. Names that start with `account_` are those allauth asks for."""

from django.urls import path, re_path

from boards.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("forgotten-password/", views.forgotten, name="account_reset_password"),
    path("forgotten-password/sent/", views.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^forgotten-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("account/", views.account, name="account"),
    path("account/password/", views.change_password, name="account_change_password"),
]
