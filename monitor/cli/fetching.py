"""One url fetched for a command, outside any desk: no state, no feed."""

import asyncio

from monitor import model
from monitor.errors import FetchError, PrivateAddress, Refused


def fetch(url: str, *, private: bool, robots: bool = False) -> model.Response:
    """GET a url and return the answer, which is a 200.

    Raises:
        FetchError: there is no answer, another one, or we may not ask.
    """
    from monitor import __version__
    from monitor.web import Client, user_agent

    async def ask() -> model.Response:
        async with Client(user_agent("", __version__)) as client:
            return await client.fetch(model.Request(url, private=private, robots=robots))

    try:
        response = asyncio.run(ask())
    except PrivateAddress as error:  # here no feed stands in a file that could say so
        why = f"{error.message}; --private allows a private address"
        raise Refused(why, url=error.url) from None
    if response.status != 200:
        raise FetchError(f"{url}: the server answered HTTP {response.status}", url=url)
    return response
