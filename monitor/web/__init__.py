"""The only package that opens a socket to read.

    async with Client(user_agent("desk@example.org", "0.1")) as client:
        response = await client.fetch(Request("https://en.yna.co.kr/RSS/nk.xml"))

It takes a `model.Request` and gives a `model.Response`, whatever its status, or raises one of the
`errors.FetchError` tree. It knows nothing of feeds or articles.

* `client`: one GET, redirects and all; `exchange`: one hop of it.
* `resolver`, `guard`: addresses of a name, and which of them may be reached, judged on every hop.
* `politeness`, `host_queue`: how often a host may be asked, decided by pure functions and kept by a
  queue.
* `weburl`, `redirects`, `cookies`, `content_encoding`, `robots`: each a set of rules on values.
* `permission`: which hosts this process may ask at all, where several machines share the work.
* `transport`, `proxy`: httpx transports, one with the guard inside its connection.
"""

from monitor.web.client import Client
from monitor.web.permission import Permission, RobotsShelf
from monitor.web.politeness import Known, user_agent
from monitor.web.resolver import Resolver, SystemResolver
from monitor.web.weburl import host_or_none

__all__ = [
    "Client",
    "Known",
    "Permission",
    "Resolver",
    "RobotsShelf",
    "SystemResolver",
    "host_or_none",
    "user_agent",
]
