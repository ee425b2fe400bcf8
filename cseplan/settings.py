"""Every setting, in one file.

With nothing in the environment the site serves this machine only, from an SQLite file under `.local/`: that is
what `make demo` runs. As soon as ALLOWED_HOSTS names a host others can reach, it is in production: a SECRET_KEY is
demanded and only HTTPS is served. `docs/running.md` lists the variables.
"""

import os
from pathlib import Path

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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "boards.middleware.AccessLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "your_work"
LOGOUT_REDIRECT_URL = "sign_in"
ANONYMOUS_USER_NAME = None  # guardian: nobody who has not signed in has any right

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

# What the browser is told
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12  # a working day
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
