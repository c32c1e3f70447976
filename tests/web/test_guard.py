"""The guard refuses what is not on the public internet, in whatever clothes it comes."""

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Refused
from monitor.model import Request
from monitor.web import Client
from monitor.web.guard import PRIVATE, network_of, refusal
from tests.site import Answer, Site
from tests.web.conftest import AGENT

PRIVATE_ADDRESSES = (
    "127.0.0.1",
    "127.8.9.10",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
)
FORBIDDEN_ADDRESSES = (
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "169.254.169.254",
    "169.254.1.1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "224.0.0.1",
    "ff02::1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "2001:db8::1",
    "2001:2::1",
    "3fff::1",
    "100::1",
    "64:ff9b:1::1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "2002:7f00:1::1",
    "2002:c0a8:101::",
    "::127.0.0.1",
    "::ffff:169.254.169.254",
    "2001:0:53aa:64c:0:0:80ff:fffe",  # Teredo around 127.0.0.1
)
PUBLIC_ADDRESSES = (
    "93.184.216.34",
    "211.43.220.1",
    "1.1.1.1",
    "2606:4700::1111",
    "2400:cb00:2048:1::c629:d7a2",
    "::ffff:93.184.216.34",
    "64:ff9b::5db8:d822",
    "2002:5db8:d822::1",
)


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_public_addresses_pass(address: str) -> None:
    """What is on the public internet may be asked."""
    assert refusal(address) == ""
    assert network_of(address) is None


@pytest.mark.parametrize("address", PRIVATE_ADDRESSES)
def test_private_addresses_pass_only_when_asked_for(address: str) -> None:
    """Loopback and private networks are refused unless they are allowed."""
    assert "private" in refusal(address)
    assert refusal(address, PRIVATE) == ""
    assert network_of(address) in PRIVATE


@pytest.mark.parametrize("address", FORBIDDEN_ADDRESSES)
def test_some_addresses_never_pass(address: str) -> None:
    """Metadata, link-local, multicast, reserved and tunnelled private addresses have no key."""
    assert refusal(address)
    assert refusal(address, PRIVATE)


@given(
    st.ip_addresses(v=4, network="10.0.0.0/8")
    | st.ip_addresses(v=4, network="127.0.0.0/8")
    | st.ip_addresses(v=4, network="169.254.0.0/16")
    | st.ip_addresses(v=4, network="192.168.0.0/16"),
    st.sampled_from(["::ffff:0:0", "64:ff9b::", "::"]),
)
def test_an_ipv4_address_cannot_hide_in_an_ipv6_one(
    inner: ipaddress.IPv4Address, prefix: str
) -> None:
    """Every embedding of a private IPv4 address is as private as the address."""
    outer = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(inner))
    assert refusal(str(outer))
    sixtofour = ipaddress.IPv6Address((0x2002 << 112) | (int(inner) << 80) | 1)
    assert refusal(str(sixtofour), PRIVATE)


@given(st.ip_addresses())
def test_any_address_is_judged(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """The guard has an answer for every address, and allowing more never refuses more."""
    if refusal(str(address)) == "":
        assert refusal(str(address), PRIVATE) == ""
        assert network_of(str(address)) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://169.254.169.254/latest/meta-data/",
        "http://user:secret@127.0.0.1/",
    ],
)
async def test_private_hosts_are_refused_however_they_are_written(client: Client, url: str) -> None:
    """The guard sees what the resolver made of a name, so odd spellings do not help."""
    with pytest.raises(Refused) as refused:
        await client.fetch(Request(url))
    assert "secret" not in str(refused.value)
    assert "secret" not in refused.value.url


@pytest.mark.parametrize("url", ["http://169.254.169.254/", "http://0.0.0.0/", "http://[fe80::1]/"])
async def test_metadata_is_refused_even_to_private_feeds(client: Client, url: str) -> None:
    """`private = true` is no key to link-local and metadata addresses."""
    with pytest.raises(Refused):
        await client.fetch(Request(url, private=True))


async def test_a_name_with_one_private_address_is_refused_whole() -> None:
    """All addresses of a name are judged, not only the one that would be used."""

    async def resolver(host: str, port: int) -> list[str]:
        return {"rebind.example": ["93.184.216.34", "10.0.0.5"], "inside.example": ["fd00::7"]}[
            host
        ]

    async with Client(AGENT, resolver=resolver, proxies={}) as client:
        for name in ("rebind.example (93.184.216.34, 10.0.0.5)", "inside.example (fd00::7)"):
            with pytest.raises(Refused, match=re.escape(f"{name} is a private address")):
                await client.fetch(Request(f"http://{name.partition(' ')[0]}/"))
        with pytest.raises(Refused, match=r"^10\.0\.0\.5 is a private address"):
            await client.fetch(Request("http://10.0.0.5/"))


async def test_the_connection_goes_to_the_judged_address(site: Site) -> None:
    """A name is resolved once: a second answer cannot lead elsewhere."""
    site.at("/", Answer(body=b"here"))
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    async def resolver(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async with Client(AGENT, resolver=resolver, proxies={}) as client:
        url = f"http://feeds.example:{site.port}/"
        assert (await client.fetch(Request(url, private=True))).body == b"here"
    assert site.asked[0].headers["host"] == f"feeds.example:{site.port}"
    assert answers == [["10.0.0.1"]]


async def test_the_next_address_of_a_name_is_tried(site: Site) -> None:
    """A name whose first address does not answer is asked at its second."""
    site.at("/", Answer(body=b"second"))

    async def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.9", "127.0.0.1"]

    async with Client(AGENT, resolver=resolver, proxies={}) as client:
        url = f"http://feeds.example:{site.port}/"
        assert (await client.fetch(Request(url, private=True))).body == b"second"


@pytest.mark.parametrize("target", ["10.0.0.1", "192.168.0.1", "169.254.169.254", "[fd00::1]"])
async def test_a_private_feed_does_not_open_other_networks(
    client: Client, site: Site, target: str
) -> None:
    """A redirect from a private host may stay in its network and go nowhere else inside."""
    site.at("/", Answer(302, headers={"Location": f"http://{target}/"}))
    with pytest.raises(Refused):
        await client.fetch(Request(site.url(), private=True))


async def test_a_private_feed_may_move_within_its_network(
    client: Client, site: Site, other_site: Site
) -> None:
    """A redirect from loopback to loopback is followed."""
    site.at("/", Answer(302, headers={"Location": other_site.url("/there")}))
    other_site.at("/there", Answer(body=b"there"))
    assert (await client.fetch(Request(site.url(), private=True))).body == b"there"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("0.0.0.0", "an unspecified, multicast or link-local address"),
        ("::", "an unspecified, multicast or link-local address"),
        ("224.0.0.1", "an unspecified, multicast or link-local address"),
        ("169.254.1.1", "an unspecified, multicast or link-local address"),
        ("fe80::1", "an unspecified, multicast or link-local address"),
        ("100.100.100.200", "a cloud metadata service"),
        ("10.1.2.3", "a private address (10.0.0.0/8)"),
        ("240.0.0.1", "a reserved address"),
        ("192.0.0.8", "a reserved address"),
        ("2002:a00:1::", "carries 10.0.0.1, a private address (10.0.0.0/8)"),
        ("::2", "carries 0.0.0.2, a reserved address"),
        ("8.8.8.8", ""),
    ],
)
def test_a_refusal_says_what_the_address_is(address: str, why: str) -> None:
    """In a few words, for the log and for who wrote the url."""
    assert refusal(address) == why
