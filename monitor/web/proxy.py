"""Forward proxies, as HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name them.

Their protocol (absolute urls, CONNECT, credentials, TLS to the proxy) is httpx's. This machine
itself (loopback) is never asked through one.

Through a proxy the guard can only judge what a name resolves to here. The proxy resolves it again
and may find something else, and a name that does not resolve here at all is left to it: what can
be reached through a proxy is for those to say who run it.
"""

import os
import ssl
from collections.abc import Mapping
from ipaddress import ip_address

import httpx

from monitor.errors import Unreachable
from monitor.web.guard import Network
from monitor.web.resolver import Resolver
from monitor.web.transport import resolve_checked
from monitor.web.weburl import WebUrl


def from_environment() -> Mapping[str, str]:
    """Proxies by scheme ("http", "https", "all"), and under "no" the hosts to ask directly."""
    if not any(name.lower().endswith("_proxy") and value for name, value in os.environ.items()):
        return {}
    from urllib.request import getproxies_environment

    return getproxies_environment()


def proxy_for(url: WebUrl, proxies: Mapping[str, str]) -> str:
    """Url of the proxy through which to ask for `url`; "" to ask directly."""
    scheme, host, port = url.origin
    through = proxies.get(scheme) or proxies.get("all") or ""
    if not through or _this_machine(host):
        return ""
    from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

    no = {"no": proxies.get("no", "")}
    if proxy_bypass_environment(host, no) or proxy_bypass_environment(f"{host}:{port}", no):
        return ""
    return through if "://" in through else f"http://{through}"


def _this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class ProxyTransport(httpx.AsyncBaseTransport):
    """Answers requests through a forward proxy; extensions as in `GuardedTransport`.

    Args:
        url: http, https or socks5 (with the `socksio` package), with user and password if need be.
        resolver: gives the addresses of a name.
        trust: TLS settings for the sites behind it.

    Raises:
        Unreachable: httpx cannot use such a proxy.
    """

    def __init__(self, url: str, resolver: Resolver, trust: ssl.SSLContext) -> None:
        self._resolver = resolver
        try:
            self._transport = httpx.AsyncHTTPTransport(
                proxy=httpx.Proxy(url), verify=trust, trust_env=False
            )
        except (ImportError, ValueError, httpx.InvalidURL) as fault:
            raise Unreachable(f"the proxy in the environment cannot be used: {fault}") from None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            Refused: the name resolves here to what the guard refuses.
            httpx.TransportError: there is no answer.
        """
        peer = ""
        allowed: tuple[Network, ...] = request.extensions["allowed"]
        try:
            host = request.url.raw_host.decode("ascii")
            peer = (await resolve_checked(host, 0, self._resolver, allowed))[0]
        except Unreachable:
            pass  # no such name here; the proxy may know it
        request.extensions["sent"]()
        response = await self._transport.handle_async_request(request)
        response.extensions["peer"] = peer
        return response

    async def aclose(self) -> None:
        """Close the connections to the proxy."""
        await self._transport.aclose()
