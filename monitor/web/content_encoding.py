"""Content codings: gzip, deflate, br and zstd undone, never beyond a given size.

The whole coded body is at hand (itself no longer than the cap), and a decoder is asked for at most
one byte more than may come: a bomb costs the memory of the cap, not of what it would become. Time
is bounded too: each part of a body is looked at once, and a body has so many gzip members at most.
Codings that nobody registered are left alone, as browsers do ("Content-Encoding: UTF-8" is an old
mistake of servers), and so is a body without any coding.
"""

import zlib

ACCEPTED = "gzip, br, zstd"
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: what a content coding may demand of a decoder
_MOST_CODINGS = 2
_MOST_MEMBERS = 4096  # a server that flushes a member every 4 KiB fills the cap with as many
_PIECE = 64 * 1024  # zlib copies what is left over at the end of each member


class CodingError(ValueError):
    """The body is not what its Content-Encoding says."""


def decode(body: bytes, content_encoding: str, limit: int) -> bytes:
    """Undo the codings of a body, last first (RFC 9110 section 8.4).

    Args:
        body: as it came.
        content_encoding: value of the header, "" for none.
        limit: bytes of interest; the result has at most one byte more, which tells that more
            would have come.

    Raises:
        CodingError: broken data, or more codings on top of each other than anybody means.
    """
    codings = [name.strip().lower() for name in content_encoding.split(",")]
    known = [name for name in codings if name in _DECODERS]
    if len(known) > _MOST_CODINGS:
        raise CodingError(f"{len(known)} content codings on one body")
    for name in reversed(known):
        if not body:
            break
        body = _DECODERS[name](body, limit + 1)
    return body[: limit + 1]


def _gunzip(body: bytes, most: int) -> bytes:
    parts: list[bytes] = []
    at = members = 0
    while at < len(body) and most > 0:
        begun = at
        members += 1
        if members > _MOST_MEMBERS:
            raise CodingError(f"more than {_MOST_MEMBERS} gzip members")
        decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            while at < len(body) and most > 0 and not decoder.eof:
                piece = body[at : at + _PIECE]
                part = decoder.decompress(piece, most)
                at += len(piece) - len(decoder.unused_data)
                parts.append(part)
                most -= len(part)
        except zlib.error as fault:
            if members > 1 and at == begun:
                break  # zeros or rubbish after the last member, as from a padded tape
            raise CodingError(f"broken gzip: {fault}") from None
        if not decoder.eof and most > 0:
            raise CodingError("the gzip stream ends early")
    return b"".join(parts)


def _inflate(body: bytes, most: int) -> bytes:
    # Half the servers mean zlib by "deflate", as the RFC says; the others send it raw.
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(bits)
        try:
            part = decoder.decompress(body, most)
        except zlib.error as fault:
            reason = fault
            continue
        if not decoder.eof and len(part) < most:
            raise CodingError("the deflate stream ends early")
        return part
    raise CodingError(f"broken deflate: {reason}")


def _unbrotli(body: bytes, most: int) -> bytes:
    import brotli  # type: ignore[import-untyped]

    decoder = brotli.Decompressor()
    parts: list[bytes] = []
    try:
        while most > 0:
            part = decoder.process(body, output_buffer_limit=most)
            body = b""
            parts.append(part)
            most -= len(part)
            if decoder.is_finished():
                break
            if not part:
                raise CodingError("the br stream ends early")
    except brotli.error as fault:
        raise CodingError(f"broken br: {fault}") from None
    return b"".join(parts)


def _unzstd(body: bytes, most: int) -> bytes:
    import zstandard

    decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    parts: list[bytes] = []
    try:
        with decoder.stream_reader(body, read_across_frames=True) as reader:
            while part := reader.read(min(most, 1 << 20)):
                parts.append(part)
                most -= len(part)
    except zstandard.ZstdError as fault:
        raise CodingError(f"broken zstd: {fault}") from None
    return b"".join(parts)


_DECODERS = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
