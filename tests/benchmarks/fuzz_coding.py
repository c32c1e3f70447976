"""Bodies in content codings and character encodings, for `fuzz` to begin with."""

import gzip
import zlib

import brotli
import zstandard

_TEXT = "외교부 장관은 회담을 가졌다。王毅外长会谈。外相会談 talks – “quoted” "
_ENCODINGS = ("utf-8", "utf-16", "cp949", "gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp")


def texts() -> tuple[bytes, ...]:
    """Return a text in encodings of the desk's languages, bare, in a page and in a feed."""

    def forms(name: str) -> tuple[str, ...]:
        page = f'<html><meta charset="{name}"><p>{_TEXT}'
        feed = f'<?xml version="1.0" encoding="{name}"?><rss><title>{_TEXT}</title></rss>'
        return _TEXT * 5, page, feed

    return tuple(text.encode(name, "ignore") for name in _ENCODINGS for text in forms(name))


def seeds() -> tuple[bytes, ...]:
    """Return bodies in one coding and in two, of several members and frames."""
    data = (_TEXT * 50).encode()
    once = (
        gzip.compress(data),
        gzip.compress(data) + gzip.compress(b"") * 50,
        zlib.compress(data),
        zlib.compress(data)[2:-4],
        brotli.compress(data),
        zstandard.compress(data),
        zstandard.compress(data) * 3,
        gzip.compress(bytes(2_000_000)),
    )
    twice = tuple(coder(body) for body in once for coder in (gzip.compress, brotli.compress))
    return once + twice
