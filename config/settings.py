"""The one settings file. Everything that differs between places comes from the environment (see `config/env.py`)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config.contexts import CONTEXTS
from config.env import (
    BadEnvironment,
    is_issued_by,
    read_bool,
    read_certificates,
    read_database,
    read_int,
    read_keys,
    read_limits,
    read_list,
    read_text,
)

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(read_text("IMC_DATA_DIR", str(ROOT / ".imc")))

# Demo: the invented hospital with published logins. Set by `./imc run` only.
DEMO = read_bool("IMC_DEMO", default=False)
DEMO_LOGINS: list[tuple[str, str, str, str]] = []  # role in Chinese and English, user name, password
if DEMO:
    from demo.logins import DEMO_LOGINS  # noqa: F401 (read as a setting)
DEBUG = False

SECRET_KEY = read_text("IMC_SECRET_KEY")
FIELD_KEYS = read_keys("IMC_FIELD_KEYS")  # "version:base64 of 32 bytes", newest first
BLIND_INDEX_KEY = read_text("IMC_BLIND_INDEX_KEY")
DOCUMENT_CHECK_KEY = read_text("IMC_DOCUMENT_CHECK_KEY")
if min(len(SECRET_KEY), len(BLIND_INDEX_KEY), len(DOCUMENT_CHECK_KEY)) < 32:
    raise BadEnvironment("IMC_SECRET_KEY, IMC_BLIND_INDEX_KEY and IMC_DOCUMENT_CHECK_KEY need 32 characters or more")

# What signs papers (PAdES): the key as base64 of PKCS #8, the certificates with the signer's own first. Without a key
# papers carry no signature. The demonstration's authority, which nobody trusts, signs nothing elsewhere.
PAPER_SIGNING_KEY = read_text("IMC_PAPER_SIGNING_KEY", "")
PAPER_SIGNING_CERTIFICATES = read_certificates("IMC_PAPER_SIGNING_CERTIFICATES")
PAPER_SIGNER = "config.wiring.paper_signer"
DEMO_AUTHORITY = "IMC demonstration certificate authority"
if bool(PAPER_SIGNING_KEY) != bool(PAPER_SIGNING_CERTIFICATES):
    raise BadEnvironment("IMC_PAPER_SIGNING_KEY and IMC_PAPER_SIGNING_CERTIFICATES belong together")
if not DEMO and any(is_issued_by(each, authority=DEMO_AUTHORITY) for each in PAPER_SIGNING_CERTIFICATES):
    raise BadEnvironment("IMC_PAPER_SIGNING_CERTIFICATES holds the demonstration's authority")

# A machine that writes first drafts of translations: off unless an address is set. Its texts pass two people.
MACHINE_TRANSLATION_URL = read_text("IMC_MACHINE_TRANSLATION_URL", "")
MACHINE_TRANSLATION_KEY = read_text("IMC_MACHINE_TRANSLATION_KEY", "")
MACHINE_TRANSLATOR = "config.wiring.machine_translator"

PORT = read_int("IMC_PORT", 8000)
PUBLIC_URL = read_text("IMC_PUBLIC_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = read_list("IMC_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_htmx",
    "django_prometheus",
    "pgtrigger",
    "procrastinate.contrib.django",
    "ninja",
    *[f"hospital.{name}" for name in CONTEXTS if (ROOT / "hospital" / name / "apps.py").exists()],
    *(["demo"] if DEMO else []),
]

# How many proxies of ours stand in front; each adds the caller's address to X-Forwarded-For.
PROXY_COUNT = read_int("IMC_PROXY_COUNT", 0)
MIDDLEWARE = [
    "config.proxies.CallerAddress",
    "config.middleware.ApiCalls",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "hospital.staff_web.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.PageText",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "hospital.staff_web.middleware.StaffFace",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "hospital.staff_web.context.shell",
            ],
        },
    }
]

# A connection is kept per thread; `server_side_binding` and prepared statements make repeated statements cheap.
_database = read_database("DATABASE_URL")
_options = _database.pop("OPTIONS")
DATABASES = {
    "default": {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        **_database,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {**_options, "server_side_binding": True, "prepare_threshold": 1},  # type: ignore[dict-item]
        "TEST": {"NAME": read_text("IMC_TEST_DATABASE", "test_imc")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/staff/sign-in/"
# A staff session ends after this many idle seconds (GB/T 22239 level 3: session timeout).
SESSION_COOKIE_AGE = read_int("IMC_STAFF_SESSION_SECONDS", 30 * 60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Where the live process tells of changes (`config/live.py`), as the browser reaches it; empty: pages ask by themselves.
LIVE_URL = read_text("IMC_LIVE_URL", "")
LIVE_ORIGIN = ["/".join(LIVE_URL.split("/")[:3])] if LIVE_URL else []
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "connect-src": [SELF, *LIVE_ORIGIN],
    }
}
# Two-factor sign-in is always possible; this makes it compulsory for every staff account.
STAFF_TOTP_REQUIRED = read_bool("IMC_STAFF_TOTP_REQUIRED", default=False)
AXES_FAILURE_LIMIT = read_int("IMC_SIGN_IN_ATTEMPTS", 5)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that the page named stays true
AXES_LOCKOUT_CALLABLE = "hospital.staff_web.signin.views.leave_lock_to_page"
CSRF_FAILURE_VIEW = "hospital.staff_web.error_pages.csrf_failed"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "imc_language"
LANGUAGE_COOKIE_AGE = 31_536_000
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
# The built patient app: its page stands at `/`, its files beside it under names that hold a hash of their content.
PATIENT_APP = read_text("IMC_PATIENT_APP", str(ROOT / "patient-app" / "dist" / "build" / "h5"))
WHITENOISE_ROOT = PATIENT_APP
# Which installed apps open links to this host: the fingerprints of Android's keystores, iOS's apps as TEAM.bundle.
ANDROID_APP = read_text("IMC_ANDROID_APP", "cn.yuelan.imc")
ANDROID_FINGERPRINTS = read_list("IMC_ANDROID_FINGERPRINTS", "")
IOS_APPS = read_list("IMC_IOS_APPS", "")
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+[.-][\w-]{8}\.\w+$"
WHITENOISE_AUTOREFRESH = read_bool("IMC_FILES_LIVE", default=False)  # look at the disk for every file: for developers

# Files that patients hand in, encrypted before they are written (`kernel/sealed_files.py`). Several machines share one
# folder, or a storage of another kind named here.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "sealed": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "sealed"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = read_text("IMC_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = read_int("IMC_SMTP_PORT", PORT + 2)
EMAIL_HOST_USER = read_text("IMC_SMTP_USER", "")
EMAIL_HOST_PASSWORD = read_text("IMC_SMTP_PASSWORD", "")
EMAIL_USE_TLS = read_bool("IMC_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read_text("IMC_MAIL_FROM", "International Medical Center <no-reply@imc.example>")

SANDBOX_URL = read_text("IMC_SANDBOX_URL", f"http://127.0.0.1:{PORT + 1}")  # shown on the demo's entry page only
CARD_GATEWAY_URL = read_text("IMC_CARD_GATEWAY_URL", SANDBOX_URL)
CARD_GATEWAY_VERSION = read_int("IMC_CARD_GATEWAY_VERSION", 100)
CARD_MERCHANT_ID = read_text("IMC_CARD_MERCHANT_ID", "")
CARD_API_PASSWORD = read_text("IMC_CARD_API_PASSWORD", "")
CARD_WEBHOOK_SECRET = read_text("IMC_CARD_WEBHOOK_SECRET", "")
CARD_NOTIFICATION_URL = read_text("IMC_CARD_NOTIFICATION_URL", f"{PUBLIC_URL}/api/payments/notifications")
CARD_CONNECT_SECONDS = read_int("IMC_CARD_CONNECT_SECONDS", 3)
CARD_ANSWER_SECONDS = read_int("IMC_CARD_ANSWER_SECONDS", 10)
CARD_ACQUIRER = "config.wiring.card_acquirer"  # which adapter serves payments' port

# Alipay's open gateway. Keys are PEM (PKCS #8), or the base64 of DER in one line.
ALIPAY_URL = read_text("IMC_ALIPAY_URL", f"{SANDBOX_URL}/alipay/gateway.do")  # https://openapi.alipay.com/gateway.do
ALIPAY_APP_ID = read_text("IMC_ALIPAY_APP_ID", "")
ALIPAY_APP_KEY = read_text("IMC_ALIPAY_APP_KEY", "")
ALIPAY_PUBLIC_KEY = read_text("IMC_ALIPAY_PUBLIC_KEY", "")
ALIPAY_CONNECT_SECONDS = read_int("IMC_ALIPAY_CONNECT_SECONDS", 3)
ALIPAY_ANSWER_SECONDS = read_int("IMC_ALIPAY_ANSWER_SECONDS", 10)
CODE_ACQUIRERS = {"WECHAT_CODE": "config.wiring.wechat_code_acquirer", "ALIPAY_CODE": "config.wiring.alipay_acquirer"}

# The acquirer's gateway for tills, and the numbers on the card terminals of the windows.
CARD_TERMINAL_URL = read_text("IMC_CARD_TERMINAL_URL", f"{SANDBOX_URL}/tills/v1")
CARD_TERMINAL_MERCHANT_ID = read_text("IMC_CARD_TERMINAL_MERCHANT_ID", "")
CARD_TERMINAL_SECRET = read_text("IMC_CARD_TERMINAL_SECRET", "")
CARD_TERMINAL_CONNECT_SECONDS = read_int("IMC_CARD_TERMINAL_CONNECT_SECONDS", 3)
CARD_TERMINAL_ANSWER_SECONDS = read_int("IMC_CARD_TERMINAL_ANSWER_SECONDS", 8)
CARD_TERMINALS = read_list("IMC_CARD_TERMINALS", "T01,T02,T03")
CARD_TERMINAL = "config.wiring.card_terminal"  # which adapter serves payments' port

# Which happening wakes which jobs, so that a lower context need not know who listens.
EVENT_JOBS = {
    **dict.fromkeys(
        (
            "appointments.booked",
            "appointments.changed",
            "appointments.substituted",
            "appointments.no_show",
            "appointments.offered",
            "beds.changed",
            "beds.given_back",
            "beds.reserved",
            "encounters.called",
            "encounters.follow_up_ordered",
            "encounters.near",
            "encounters.transferred",
            "examinations.called",
            "examinations.cancelled",
            "examinations.moved",
            "examinations.planned",
            "examinations.reminded",
            "billing.charged",
            "pharmacy.prepared",
            "exams.held",
            "exams.reported",
            "results.held",
            "results.reported",
        ),
        ("workflows.tell_patient",),
    ),
    **dict.fromkeys(
        ("appointments.cancelled", "appointments.expired"), ("workflows.tell_patient", "workflows.end_help")
    ),
    **dict.fromkeys(("results.critical_raised", "results.critical_escalated"), ("workflows.tell_staff",)),
    "billing.settled": ("workflows.tell_patient", "receipts.take_news"),
    "billing.refund_completed": ("workflows.tell_patient", "receipts.take_news", "workflows.free_refunded_exams"),
}

# The finance authority's platform for electronic medical receipts, as the hospital is registered there.
FISCAL_URL = read_text("IMC_FISCAL_URL", f"{SANDBOX_URL}/fiscal")
FISCAL_REGION = read_text("IMC_FISCAL_REGION", "440100")
FISCAL_UNIT = read_text("IMC_FISCAL_UNIT", "IMCGZ")
FISCAL_APP_ID = read_text("IMC_FISCAL_APP_ID", "IMCGZ-HIS")
FISCAL_APP_KEY = read_text("IMC_FISCAL_APP_KEY", "")
FISCAL_CONNECT_SECONDS = read_int("IMC_FISCAL_CONNECT_SECONDS", 3)
FISCAL_ANSWER_SECONDS = read_int("IMC_FISCAL_ANSWER_SECONDS", 15)
FISCAL_PLATFORM = "config.wiring.fiscal_platform"  # which adapter serves receipts' port

# The bureau of the national insurance, as the hospital is registered there.
BUREAU_URL = read_text("IMC_BUREAU_URL", f"{SANDBOX_URL}/bureau")
BUREAU_HOSPITAL = read_text("IMC_BUREAU_HOSPITAL", "H44010600001")
BUREAU_KEY = read_text("IMC_BUREAU_KEY", "")
BUREAU_CONNECT_SECONDS = read_int("IMC_BUREAU_CONNECT_SECONDS", 3)
BUREAU_ANSWER_SECONDS = read_int("IMC_BUREAU_ANSWER_SECONDS", 10)
INSURANCE_BUREAU = "config.wiring.insurance_bureau"  # which adapter serves insurance's port

# WeChat Pay, API v3 in the mode of WeChat's public key. Keys are PEM, or the base64 of DER in one line.
WECHAT_PAY_URL = read_text("IMC_WECHAT_PAY_URL", SANDBOX_URL)
WECHAT_APP_ID = read_text("IMC_WECHAT_APP_ID", "")
WECHAT_PAY_MERCHANT_ID = read_text("IMC_WECHAT_PAY_MERCHANT_ID", "")
WECHAT_PAY_MERCHANT_SERIAL = read_text("IMC_WECHAT_PAY_MERCHANT_SERIAL", "")
WECHAT_PAY_MERCHANT_KEY = read_text("IMC_WECHAT_PAY_MERCHANT_KEY", "")
WECHAT_PAY_API_KEY = read_text("IMC_WECHAT_PAY_API_KEY", "")  # the 32 characters of the APIv3 key
WECHAT_PAY_PUBLIC_KEY = read_text("IMC_WECHAT_PAY_PUBLIC_KEY", "")
WECHAT_PAY_PUBLIC_KEY_ID = read_text("IMC_WECHAT_PAY_PUBLIC_KEY_ID", "")
WECHAT_PAY_NOTIFICATION_URL = read_text(
    "IMC_WECHAT_PAY_NOTIFICATION_URL", f"{PUBLIC_URL}/api/payments/wechat/notifications"
)
WECHAT_PAY_CONNECT_SECONDS = read_int("IMC_WECHAT_PAY_CONNECT_SECONDS", 3)
WECHAT_PAY_ANSWER_SECONDS = read_int("IMC_WECHAT_PAY_ANSWER_SECONDS", 10)
WECHAT_ACQUIRER = "config.wiring.wechat_acquirer"

WECHAT_API_URL = read_text("IMC_WECHAT_API_URL", SANDBOX_URL)  # https://api.weixin.qq.com
WECHAT_APP_SECRET = read_text("IMC_WECHAT_APP_SECRET", "")
WECHAT_IDENTITY = "config.wiring.wechat_identity"  # which adapter serves accounts' port

SMS_URL = read_text("IMC_SMS_URL", f"{SANDBOX_URL}/sms")  # https://sms.tencentcloudapi.com
SMS_REGION = read_text("IMC_SMS_REGION", "ap-guangzhou")
SMS_SECRET_ID = read_text("IMC_SMS_SECRET_ID", "")
SMS_SECRET_KEY = read_text("IMC_SMS_SECRET_KEY", "")
SMS_APP_ID = read_text("IMC_SMS_APP_ID", "1400000000")
SMS_SIGNATURE = read_text("IMC_SMS_SIGNATURE", "国际医疗中心")
# The registered texts, each as kind.language=id.
SMS_TEMPLATES = read_list(
    "IMC_SMS_TEMPLATES",
    "code.en=1000001,code.zh-hans=1000002,code.zh-hant=1000007,booking_confirmed.en=1000003,"
    "booking_confirmed.zh-hans=1000004,booking_confirmed.zh-hant=1000008,report_ready.en=1000005,"
    "report_ready.zh-hans=1000006,report_ready.zh-hant=1000009,claim_code.en=1000010,claim_code.zh-hans=1000011,"
    "claim_code.zh-hant=1000012,request_answered.en=1000013,request_answered.zh-hans=1000014,"
    "request_answered.zh-hant=1000015,announcement.en=1000016,announcement.zh-hans=1000017,"
    "announcement.zh-hant=1000018",
)
# How many codes go by text message in an hour: of all, to a country prefix (`*` is every other one), and for one
# internet address, behind which a whole ward may sit. 0 sends none.
SMS_MOST_AN_HOUR = read_int("IMC_SMS_MOST_AN_HOUR", 1000)
SMS_MOST_AN_HOUR_BY_COUNTRY = read_limits(
    "IMC_SMS_MOST_AN_HOUR_BY_COUNTRY", "86=800,852=200,853=200,886=100,*=60", needed="*"
)
SMS_MOST_AN_HOUR_BY_ADDRESS = read_int("IMC_SMS_MOST_AN_HOUR_BY_ADDRESS", 60)
SMS_SENDER = "config.wiring.sms_sender"  # which adapter serves notifications' port

# Where the process listens to which analyzers send their results (`config/analyzers.py`): the laboratory's own network.
ANALYZER_HOST = read_text("IMC_ANALYZER_HOST", "127.0.0.1")
ANALYZER_PORT = read_int("IMC_ANALYZER_PORT", PORT + 4)

# The image archive (PACS), asked over DICOMweb.
ARCHIVE_URL = read_text("IMC_ARCHIVE_URL", f"{SANDBOX_URL}/dicom-web")
ARCHIVE_USER = read_text("IMC_ARCHIVE_USER", "imc")
ARCHIVE_PASSWORD = read_text("IMC_ARCHIVE_PASSWORD", "")
ARCHIVE_CONNECT_SECONDS = read_int("IMC_ARCHIVE_CONNECT_SECONDS", 2)
ARCHIVE_ANSWER_SECONDS = read_int("IMC_ARCHIVE_ANSWER_SECONDS", 8)
IMAGE_ARCHIVE = "config.wiring.image_archive"  # which adapter serves examinations' port

# Where the process listens to which devices ask for their worklist (`config/worklist.py`): their own network.
DICOM_HOST = read_text("IMC_DICOM_HOST", "127.0.0.1")
DICOM_PORT = read_int("IMC_DICOM_PORT", PORT + 5)
DICOM_AE_TITLE = read_text("IMC_DICOM_AE_TITLE", "IMC-WORKLIST")
# In which characters names go to a device that names none: ISO_IR 192 or GB18030.
DICOM_CHARSET = read_text("IMC_DICOM_CHARSET", "ISO_IR 192")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
# A file of the largest kind that is taken, with its form around it, stays in memory: nothing of it is written in clear.
FILE_UPLOAD_MAX_MEMORY_SIZE = 9 * 1_048_576
PROCRASTINATE_ON_APP_READY = None
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": read_text("IMC_LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}
