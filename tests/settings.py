"""The platform's settings, with a light hasher, mail kept in memory and fixed keys that protect nothing."""

import os

os.environ.setdefault("LECEN_SECRET_KEY", "tests-only-secret-key-that-protects-nothing-at-all")
os.environ.setdefault("LECEN_FIELD_KEYS", "dGVzdHMtb25seS1maWVsZC1rZXktMzItYnl0ZXMtISE=")
os.environ.setdefault("LECEN_CODE_KEY", "tests-only-code-key")

from lecen.config.settings import *  # noqa: F403
from lecen.config.settings import BUILD_DIR, DATABASES, LOGGING, MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are served by Django's own test server; nothing has been collected.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
DATABASES["default"].pop("CONN_MAX_AGE", None)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory: whoever races for a seat must lock as in service.
    BUILD_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(BUILD_DIR / "test.sqlite3")}
elif "LECEN_TEST_DB" in os.environ:
    # Several checkouts may test on one server.
    DATABASES["default"]["TEST"] = {"NAME": os.environ["LECEN_TEST_DB"]}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# pytest collects what is logged; a handler of its own would write to a stream that pytest has closed.
LOGGING = LOGGING | {"handlers": {"console": {"class": "logging.NullHandler"}}}
