"""``request.cf`` where no Cloudflare network is in front: what ``wrangler dev`` falls back to offline.

Source: npm ``miniflare`` 5.20261117.0-beta (its ``fallbackCf``).
"""

from __future__ import annotations

import functools
from typing import Any

from doris.js import JSObject, from_json

#: Fields of ``tlsClientAuth`` that are empty without a client certificate.
_EMPTY = (
    "certIssuerDN",
    "certSubjectDN",
    "certIssuerDNRFC2253",
    "certSubjectDNRFC2253",
    "certIssuerDNLegacy",
    "certSubjectDNLegacy",
    "certSerial",
    "certIssuerSerial",
    "certSKI",
    "certIssuerSKI",
    "certFingerprintSHA1",
    "certFingerprintSHA256",
    "certNotBefore",
    "certNotAfter",
    "certRFC9440",
    "certChainRFC9440",
)

_NO_CERTIFICATE: dict[str, Any] = {
    "certPresented": "0",
    "certVerified": "NONE",
    "certRevoked": "0",
    **dict.fromkeys(_EMPTY, ""),
    "certRFC9440TooLarge": False,
    "certChainRFC9440TooLarge": False,
}

DEFAULT_CF: dict[str, Any] = {
    "asOrganization": "",
    "asn": 395747,
    "colo": "DFW",
    "city": "Austin",
    "region": "Texas",
    "regionCode": "TX",
    "metroCode": "635",
    "postalCode": "78701",
    "country": "US",
    "continent": "NA",
    "timezone": "America/Chicago",
    "latitude": "30.27130",
    "longitude": "-97.74260",
    "clientTcpRtt": 0,
    "httpProtocol": "HTTP/1.1",
    "requestPriority": "weight=192;exclusive=0",
    "tlsCipher": "AEAD-AES128-GCM-SHA256",
    "tlsVersion": "TLSv1.3",
    "tlsClientAuth": _NO_CERTIFICATE,
    "edgeRequestKeepAliveStatus": 0,
    "clientTrustScore": 99,
    "botManagement": {
        "corporateProxy": False,
        "verifiedBot": False,
        "ja3Hash": "25b4882c2bcb50cd6b469ff28c596742",
        "staticResource": False,
        "detectionIds": [],
        "score": 99,
    },
    "clientAcceptEncoding": "",
}


@functools.cache
def default_cf() -> JSObject:
    """The values as one object, for all requests: making it takes longer than handling a small request."""
    cf: JSObject = from_json(DEFAULT_CF)
    return cf
