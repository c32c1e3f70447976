"""The guard: which network addresses may be connected to.

It judges what a name resolved to, not the name, and the connection is then made to the judged
address itself, so that neither a redirect nor a second DNS answer can slip between. Every address
of a name must pass; one bad address refuses them all.

* Public unicast addresses pass.
* Loopback and private networks pass only when asked for (`private = true` on the feed). After a
  redirect from such a host only the same network passes, and after one from a public host none.
* Link-local, multicast, reserved and unspecified addresses, and the addresses at which clouds
  serve machine credentials, never pass.
* An IPv4 address inside an IPv6 one (mapped, NAT64 RFC 6052, 6to4 RFC 3056, Teredo RFC 4380) is
  judged by the IPv4 address; other than in the mapped form, a private one never passes.
"""

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Network = IPv4Network | IPv6Network

PRIVATE: tuple[Network, ...] = tuple(
    ip_network(block)
    for block in (
        "127.0.0.0/8",  # and ::1, see _plain
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598); overlay networks use it as a private one
        "fc00::/7",
    )
)
# Metadata services outside link-local: Alibaba, AWS over IPv6, Azure's wire server.
_METADATA = frozenset(map(ip_address, ("100.100.100.200", "fd00:ec2::254", "168.63.129.16")))
_LOOPBACK = IPv4Address("127.0.0.1")
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
# In the registries of special addresses (RFC 6890 and after) but not in every Python's `ipaddress`.
_NEVER: tuple[Network, ...] = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


@lru_cache(maxsize=4096)  # the same hosts are asked round after round
def network_of(address: str) -> Network | None:
    """The private network that an address belongs to; None for all others."""
    ip = _plain(address)
    return next((block for block in PRIVATE if ip in block), None)


def refusal(address: str, allowed: tuple[Network, ...] = ()) -> str:
    """Why an address must not be connected to, in a few words; "" when it may.

    Args:
        address: an IPv4 or IPv6 address as text.
        allowed: private networks that may be reached, of `PRIVATE`.
    """
    why, network = _judged(address)
    return "" if network is not None and network in allowed else why


@lru_cache(maxsize=4096)
def _judged(address: str) -> tuple[str, Network | None]:
    """Why an address must not be connected to, and the private network that excuses it."""
    ip = _plain(address)
    inner = _embedded(ip)
    if inner is not None:
        why = refusal(str(inner))
        return f"carries {inner}, {why}" if why else "", None
    if ip in _METADATA:
        return "a cloud metadata service", None
    if ip.is_unspecified or ip.is_multicast or ip.is_link_local:
        return "an unspecified, multicast or link-local address", None
    network = next((block for block in PRIVATE if ip in block), None)
    if network is not None:
        return f"a private address ({network})", network
    if not ip.is_global or ip.is_reserved or any(ip in block for block in _NEVER):
        return "a reserved address", None
    return "", None


def _plain(address: str) -> IPv4Address | IPv6Address:
    """An address with the IPv4-mapped form undone; loopback is one network whatever the version."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        return _LOOPBACK if ip.is_loopback else ip.ipv4_mapped or ip
    return ip


def _embedded(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    if not isinstance(ip, IPv6Address):
        return None
    if ip.sixtofour:
        return ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
