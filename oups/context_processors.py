"""What every template may say of the site. Settings only: no query, so that error pages need no database."""

from django.conf import settings
from django.http import HttpRequest

from common.uploads.limits import LIMITS
from oups import accessibility


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "brand": settings.BRAND,
        "is_demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "source_code_url": settings.SOURCE_CODE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "accessibility": accessibility.STATE,
        "limits": LIMITS,
    }
