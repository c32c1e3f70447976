"""Content codings, undone as far as the cap and no further."""

import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import TooLarge, Unreachable
from monitor.model import Request
from monitor.web import Client
from monitor.web.content_encoding import CodingError, decode
from tests.budget import within
from tests.site import Answer, Site

MEGABYTE = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    """Deflate without the zlib wrapper, as some servers send it."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@given(st.binary(max_size=3000), st.sampled_from(sorted(ENCODERS)), st.integers(0, 4000))
def test_a_coding_undone_is_the_body_up_to_the_limit(data: bytes, name: str, limit: int) -> None:
    """What was coded comes back, with at most one byte beyond the limit."""
    assert decode(ENCODERS[name](data), name, limit) == data[: limit + 1]


def test_codings_on_top_of_each_other_are_undone_last_first() -> None:
    """Two codings are undone in reverse; three are nobody's honest answer."""
    coded = brotli.compress(gzip.compress(b"story"))
    assert decode(coded, "gzip, br", 100) == b"story"
    with pytest.raises(CodingError):
        decode(gzip.compress(coded), "gzip, br, gzip", 100)


def test_raw_deflate_and_several_members_are_read() -> None:
    """Deflate without its wrapper, and gzip in several members with padding, are what they mean."""
    assert decode(raw_deflate(b"story"), "deflate", 100) == b"story"
    members = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 8
    assert decode(members, "gzip", 100) == b"one two"
    frames = zstandard.compress(b"one ") + zstandard.compress(b"two")
    assert decode(frames, "zstd", 100) == b"one two"


@pytest.mark.parametrize("members", [1, 2])
@pytest.mark.parametrize("rest", [b"\0" * 16, b"rubbish"])
def test_what_follows_the_last_member_is_no_body(members: int, rest: bytes) -> None:
    """As behind a file from a padded tape; before the first it is a fault."""
    body = gzip.compress(b"one") * members
    assert decode(body + rest, "gzip", 100) == b"one" * members
    with pytest.raises(CodingError):
        decode(rest + body, "gzip", 100)


def test_unknown_codings_leave_the_body_alone() -> None:
    """A charset or nonsense in Content-Encoding is ignored."""
    for name in ("", "identity", "UTF-8", "none", "aws-chunked"):
        assert decode(b"story", name, 100) == b"story"


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_body_that_is_not_so_coded_is_an_error(name: str) -> None:
    """Rubbish, and a stream that ends early, are told apart from a story and from one another."""
    with pytest.raises(CodingError, match=f"broken {name.removeprefix('x-')}"):
        decode(b"<rss>not coded at all</rss>", name, 100)
    if name in ("gzip", "deflate", "br"):
        with pytest.raises(CodingError, match=f"the {name} stream ends early"):
            decode(ENCODERS[name](b"a story of some length, and more")[:-12], name, 100)


@given(st.binary(max_size=300), st.sampled_from(sorted(ENCODERS)))
def test_no_bytes_break_a_decoder(data: bytes, name: str) -> None:
    """Any bytes decode or raise CodingError."""
    with contextlib.suppress(CodingError):
        assert len(decode(data, name, 1000)) <= 1001


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "gzip, gzip"])
async def test_a_bomb_is_stopped_at_the_cap(client: Client, site: Site, name: str) -> None:
    """Failure mode 23: a few kilobytes that become 300 MB cost the memory of the cap."""
    encoders: dict[str, Callable[[bytes], bytes]] = {
        "gzip": lambda data: gzip.compress(data, 1),
        "br": lambda data: brotli.compress(data, quality=1, lgwin=22),
        "zstd": zstandard.ZstdCompressor().compress,
        "gzip, gzip": lambda data: gzip.compress(gzip.compress(data, 1)),
    }
    bomb = encoders[name](b"\0" * (300 * MEGABYTE))
    site.at("/bomb", Answer(body=bomb, headers={"Content-Encoding": name}))
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            await client.fetch(Request(site.url("/bomb"), private=True, max_bytes=4 * MEGABYTE))
        assert tracemalloc.get_traced_memory()[1] < 40 * MEGABYTE
    finally:
        tracemalloc.stop()


async def test_codings_are_asked_for_and_undone(client: Client, site: Site) -> None:
    """The client offers gzip, br and zstd, and gives the body decoded."""
    for name in ("gzip", "br", "zstd"):
        body = ENCODERS[name](b"<rss/>" * 1000)
        site.at(f"/{name}", Answer(body=body, headers={"Content-Encoding": name}))
        response = await client.fetch(Request(site.url(f"/{name}"), private=True))
        assert response.body == b"<rss/>" * 1000
        assert 0 < response.seconds < Request("").deadline
    assert site.asked[0].headers["accept-encoding"] == "gzip, br, zstd"


async def test_a_large_coded_body_is_decoded_all_the_same(client: Client, site: Site) -> None:
    """A body that is decoded in a thread is the same body."""
    data = bytes(range(256)) * 2000
    body = gzip.compress(data, 0)
    site.at("/large", Answer(body=body, headers={"Content-Encoding": "gzip"}))
    assert (await client.fetch(Request(site.url("/large"), private=True))).body == data


async def test_a_body_that_is_not_what_it_says_is_unreachable(client: Client, site: Site) -> None:
    """Content-Encoding: gzip over a plain page is a failure with words, not rubbish."""
    site.at("/", Answer(body=b"<html>", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(Unreachable, match="gzip"):
        await client.fetch(Request(site.url(), private=True))


EMPTY = gzip.compress(b"")
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty members": (lambda: EMPTY * 400_000, "gzip"),
    "empty members within a coding": (lambda: gzip.compress(EMPTY * 500_000), "gzip, gzip"),
    "empty members within br": (lambda: brotli.compress(EMPTY * 500_000, quality=1), "gzip, br"),
    "empty frames": (lambda: zstandard.compress(b"") * 800_000, "zstd"),
    "frames to be skipped": (lambda: b"\x50\x2a\x4d\x18\0\0\0\0" * 1_000_000, "zstd"),
    "empty blocks": (lambda: zlib.compress(b"")[:2] + b"\0\0\0\xff\xff" * 1_000_000, "deflate"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_coding_of_many_small_parts_ends(name: str) -> None:
    """Half a million empty parts are read once each or refused, not copied again for each."""
    make, encoding = HOSTILE[name]
    body = make()

    def undo() -> None:
        with contextlib.suppress(CodingError):
            decode(body, encoding, 16 * MEGABYTE)

    within(5, undo)


def test_a_server_that_flushes_often_is_read() -> None:
    """A thousand honest members are one body."""
    parts = [b"%d, " % number for number in range(1000)]
    assert decode(b"".join(map(gzip.compress, parts)), "gzip", MEGABYTE) == b"".join(parts)


async def test_a_small_body_that_grows_is_whole(client: Client, site: Site) -> None:
    """What becomes too large to be decoded at once is decoded all the same."""
    data = b"story " * 200_000
    site.at("/", Answer(body=gzip.compress(data), headers={"Content-Encoding": "gzip"}))
    assert (await client.fetch(Request(site.url(), private=True))).body == data


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_one_byte_beyond_a_megabyte_is_noticed(name: str) -> None:
    """So that a cap of a whole number of pieces is one, too."""
    data = bytes(MEGABYTE) + b"x"
    assert decode(ENCODERS[name](data), name, MEGABYTE) == data
    assert decode(ENCODERS[name](data + b"y"), name, MEGABYTE) == data
    if name == "gzip":
        members = gzip.compress(bytes(MEGABYTE)) + gzip.compress(b"x")
        assert decode(members, name, MEGABYTE) == data


@pytest.mark.parametrize(("name", "end"), [("gzip", 8), ("deflate", 4), ("br", 1)])
def test_a_body_that_lacks_its_end_is_an_error_up_to_the_last_byte(name: str, end: int) -> None:
    """Unless more came than is of interest."""
    data = bytes(range(256))
    for limit in (len(data), len(data) + 1, 9999):
        with pytest.raises(CodingError):
            decode(ENCODERS[name](data)[:-end], name, limit)


def test_gzip_has_so_many_members_at_most() -> None:
    """4,096, as many as a server that flushes often fills the cap with."""
    member = gzip.compress(b"x")
    assert decode(member * 4096, "gzip", 9999) == b"x" * 4096
    with pytest.raises(CodingError, match="4096 gzip members"):
        decode(member * 4097, "gzip", 9999)


@pytest.mark.parametrize(("window", "is_read"), [(23, True), (24, False)])
def test_zstd_may_ask_for_a_window_of_eight_megabytes(window: int, is_read: bool) -> None:
    """RFC 9659; a frame that asks for more is refused, however small it is."""
    asked = zstandard.ZstdCompressionParameters.from_level(3, window_log=window)
    packer = zstandard.ZstdCompressor(compression_params=asked).compressobj()
    frame = packer.compress(b"story") + packer.flush()
    if is_read:
        assert decode(frame, "zstd", 100) == b"story"
    else:
        with pytest.raises(CodingError, match="broken zstd"):
            decode(frame, "zstd", 100)


@pytest.mark.parametrize("length", [5_000, 300_000, 3_000_000])
async def test_a_coded_body_is_whole_up_to_its_cap(client: Client, site: Site, length: int) -> None:
    """To the byte, whether it is small or becomes large."""
    site.at("/", Answer(body=gzip.compress(bytes(length)), headers={"Content-Encoding": "gzip"}))
    whole = await client.fetch(Request(site.url(), private=True, max_bytes=length))
    assert len(whole.body) == length
    with pytest.raises(TooLarge, match=f"more than {length - 1} bytes when decoded from gzip"):
        await client.fetch(Request(site.url(), private=True, max_bytes=length - 1))
