"""Feeds that are gzip files, whatever their headers say: sitemap.xml.gz above all."""

import zlib

from monitor.errors import NotAFeed

MAGIC = b"\x1f\x8b"
_LARGEST = 32 * 1024 * 1024  # bytes when unpacked; the largest real lists have a tenth of that
_DEEPEST = 2  # a gzip file that a server packed again


def unpacked(body: bytes) -> bytes:
    """Return a body, unpacked if it is gzip (RFC 1952); of one that breaks off what there is.

    Raises:
        NotAFeed: it is damaged, or more than can be a feed.
    """
    for _ in range(_DEEPEST):
        if not body.startswith(MAGIC):
            return body
        reader = zlib.decompressobj(wbits=31)
        try:
            body = reader.decompress(body, _LARGEST)
        except zlib.error:
            raise NotAFeed("this is gzip data that cannot be unpacked") from None
        if not body:
            raise NotAFeed("this is gzip data that holds nothing")
        if reader.unconsumed_tail:
            raise NotAFeed(f"this is gzip data of more than {_LARGEST // 1024**2} MB")
    return body
