"""Every setting, in one file.

With nothing in the environment the site serves this machine only, from an SQLite file under `.local/`: that is
what `make demo` runs. As soon as ALLOWED_HOSTS names a host others can reach, it is in production: a SECRET_KEY is
demanded and only HTTPS is served. `docs/running.md` lists the variables.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from . import env

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"  # what this machine keeps: the SQLite file, the signing key. Never committed.
BUILD_DIR = BASE_DIR / ".build"  # what `make setup` builds: styles and scripts. Never committed.

ALLOWED_HOSTS = env.hosts(os.environ)
LOCAL = env.is_local(ALLOWED_HOSTS)
DEBUG = env.debug(os.environ, local=LOCAL)
HTTPS = env.https(os.environ, local=LOCAL)
SECRET_KEY = env.secret_key(os.environ, local=LOCAL, kept_in=LOCAL_DIR / "secret-key")
CSRF_TRUSTED_ORIGINS = env.origins(os.environ)

INSTALLED_APPS = [
    "reports",
    "actions",
    "boards",
    "cseplan",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "import_export",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "cseplan.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "boards.middleware.AccessLogMiddleware",
    "boards.middleware.VisitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "boards.accounts.middleware.SessionLimitsMiddleware",
    "boards.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "cseplan.urls"
WSGI_APPLICATION = "cseplan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.static", "cseplan.templatetags.cseplan"],
        },
    },
    {  # mail is plain text: what somebody is called stands in it as it is
        "NAME": "mail",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data
DATABASES = {
    "default": env.database(
        os.environ,
        default_file=LOCAL_DIR / "db.sqlite3",
        conn_max_age=env.number(os.environ, "CONN_MAX_AGE", default=60),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "boards.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "boards.accounts.passphrases.LongEnough"},
    {"NAME": "boards.accounts.passphrases.NotGuessed"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "your_work"
LOGOUT_REDIRECT_URL = "sign_in"
ANONYMOUS_USER_NAME = None  # guardian: nobody who has not signed in has any right

# Signing in, by django-allauth; what is ours about it is in boards.accounts
ACCOUNT_ADAPTER = "boards.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "boards.accounts.forms.SignInForm",
    "reset_password": "boards.accounts.forms.ForgottenForm",
    "reset_password_from_key": "boards.accounts.forms.NewPasswordForm",
    "change_password": "boards.accounts.forms.ChangePasswordForm",
    "reauthenticate": "boards.accounts.forms.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; allauth's own checks want them named
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by invitation, which is the proof of its address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# How often something may be tried. `ip` is one client (IPv6: its /64), `key` for a failed sign-in one account from one
# client: whoever tries another's password is stopped, and the other still gets in from where they are.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/10m/ip,5/10m/key",
    "reset_password": "20/10m/ip,3/10m/key",
    "reset_password_from_key": "20/10m/ip",
    "change_password": "5/5m/user",
    "reauthenticate": "10/5m/user",
}
MFA_ADAPTER = "boards.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "boards.accounts.forms.CodeForm",
    "reauthenticate": "boards.accounts.forms.CodeAgainForm",
    "activate_totp": "boards.accounts.forms.FirstCodeForm",
    "authenticate_webauthn": "boards.accounts.forms.PasskeyAgainForm",
    "add_webauthn": "boards.accounts.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "cseplan"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL and not HTTPS  # http://localhost, and nowhere else
# OpenID Connect, when a provider is named: boards.accounts.openid
OIDC = env.openid(os.environ, local=LOCAL)
SOCIALACCOUNT_ADAPTER = "boards.accounts.openid.WorkAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "boards.accounts.openid.WorkAccountProvider", "OAUTH_PKCE_ENABLED": True}
}
if OIDC:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "work",
            "name": OIDC.name,
            "client_id": OIDC.client,
            "secret": OIDC.secret,
            "settings": {"server_url": OIDC.issuer, "issuer": OIDC.issuer},
        }
    ]
ALLAUTH_TRUSTED_PROXY_COUNT = env.number(os.environ, "TRUSTED_PROXIES", default=1 if HTTPS else 0)
CACHES = {
    "default": {
        # Shared by every worker, or each would count for itself.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "boards_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Mail
MAIL = env.mail(os.environ, local=LOCAL)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.starttls, MAIL.tls, 20
EMAIL_FILE_PATH = LOCAL_DIR / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender

SILENCED_SYSTEM_CHECKS = [
    # "Guardian authentication backend is not hooked": on purpose. Every question of rights goes through the
    # permissions modules, which look at end dates; guardian's own backend would answer without them.
    "guardian.W001",
    # "The directory in STATICFILES_DIRS does not exist": cseplan.W001 says the same and what to do about it.
    "staticfiles.W004",
]

# Time and language
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Styles and scripts, built by `make setup`
STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "collected"
STATICFILES_DIRS = [BUILD_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no uploads: nothing is ever stored
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What the browser is told; the rest is in cseplan.headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([OIDC.origin] if OIDC else [])],  # where the button for a work account leads
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
# A name that starts with __Host- is taken from no other host, no other path and no plain connection.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cseplan.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie of their own
# Signed out when nothing happened for so long, and in any case after so long: boards.accounts.sessions.
SESSION_IDLE_SECONDS = 60 * env.number(os.environ, "SESSION_IDLE_MINUTES", default=60, least=1)
SESSION_COOKIE_AGE = 3600 * env.number(os.environ, "SESSION_HOURS", default=12, least=1)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
