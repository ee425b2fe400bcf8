"""Addresses of signing in and of one's own account; names with `account_` and `mfa_` are those allauth asks for."""

from django.urls import path, re_path

from boards.accounts import views

WORK = {"provider_id": "work"}

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/work-account/", views.work_account, WORK, name="openid_connect_login"),
    path("sign-in/work-account/back/", views.work_account_back, WORK, name="openid_connect_callback"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("forgotten-password/", views.forgotten, name="account_reset_password"),
    path("forgotten-password/sent/", views.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^forgotten-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("sign-in/second-step/", views.second_step, name="mfa_authenticate"),
    path("account/", views.account, name="account"),
    path("account/", views.account, name="mfa_index"),
    path("account/is-it-you/", views.password_again, name="account_reauthenticate"),
    path("account/is-it-you/code/", views.code_again, name="mfa_reauthenticate"),
    path("account/sessions/", views.signed_in_where, name="sessions"),
    path("account/sessions/end/", views.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("account/work-account/<int:pk>/remove/", views.untie_work_account, name="untie_work_account"),
    path("account/second-step/", views.second_factor, name="second_factor"),
    path("account/second-step/app/", views.add_app, name="mfa_activate_totp"),
    path("account/second-step/app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("account/second-step/passkey/", views.add_passkey, name="mfa_add_webauthn"),
    path("account/second-step/passkey/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("account/recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/password/", views.change_password, name="account_change_password"),
]
