"""Limits: how often one client may ask, without keeping who asks.

Each client has a bucket of as many askings as it has in a minute, and it fills evenly. It lies in the cache under a
digest that the day and our secret key are in, until it is full again: after at most a minute nothing is left of it.
"""

import ipaddress
import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

SECONDS = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Take one asking from the client's bucket: 0, or in how many seconds there is one again."""
    size = settings.API_RATE
    if not size:
        return 0
    key, now = f"api:{_digest(request)}", time.time()
    left, at = cache.get(key) or (float(size), now)
    left = min(float(size), left + max(0.0, now - at) * size / SECONDS)
    if left < 1:
        return max(1, math.ceil((1 - left) * SECONDS / size))
    cache.set(key, (left - 1, now), timeout=SECONDS)
    return 0


def _digest(request: HttpRequest) -> str:
    return salted_hmac(f"api {timezone.now():%Y-%m-%d}", client(request), algorithm="sha256").hexdigest()[:32]


def client(request: HttpRequest) -> str:
    """The network of who asks: of IPv6 the first half, for one household has all of the rest."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the last word is that of our own nginx
        said = request.headers.get("X-Forwarded-For", said).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(said)
        address = getattr(address, "ipv4_mapped", None) or address  # as a socket for both kinds says it
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
