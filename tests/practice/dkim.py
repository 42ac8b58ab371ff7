# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs messages (DKIM, RFC 6376) as a sender's mail server does."""

import base64
import hashlib
import subprocess
from pathlib import Path

_SELECTOR = "practice"
_SIGNED = ("From", "To", "Subject")


class DkimSigner:
    """Has a key of its own, which `record` puts into DNS."""

    def __init__(self, domain: str, directory: Path):
        self._domain = domain
        self._key = directory / f"{domain}.key"
        # The least that is accepted: its record fits into one string.
        _openssl("genrsa", "-out", str(self._key), "1024")

    @property
    def record(self) -> dict[str, str]:
        """The TXT record that lets others check the signatures: its name and its text."""
        public = _openssl("rsa", "-in", str(self._key), "-pubout", "-outform", "DER")
        return {f"{_SELECTOR}._domainkey.{self._domain}": f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"}

    def sign(self, headers: dict[str, str], body: str) -> str:
        """The value of DKIM-Signature for a message with HEADERS (relaxed) and BODY, lines ending in LF (simple)."""
        canonical_body = (body.rstrip("\n") + "\n").replace("\n", "\r\n").encode()
        body_hash = base64.b64encode(hashlib.sha256(canonical_body).digest()).decode()
        value = (f"v=1; a=rsa-sha256; c=relaxed/simple; d={self._domain}; s={_SELECTOR}; h={':'.join(_SIGNED)}; "
                 f"bh={body_hash}; b=")
        lines = [f"{name.lower()}:{headers[name]}\r\n" for name in _SIGNED] + [f"dkim-signature:{value}"]
        signature = _openssl("dgst", "-sha256", "-sign", str(self._key), text="".join(lines).encode())
        return value + base64.b64encode(signature).decode()


def _openssl(*arguments: str, text: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=text, capture_output=True, check=True).stdout
