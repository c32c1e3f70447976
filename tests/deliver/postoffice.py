"""A real SMTP server on loopback, well behaved or failing as it is told.

    async with Postoffice(answers={"RCPT": "550 no such user"}) as office: ...

`answers` gives the reply to a command instead of the usual one: RCPT, MAIL or DATA (the reply after
the text). `held` lets a reader's mail wait for an event before it is taken. `drop` lets it take the
text and hang up without a word. STARTTLS and TLS use the test certificate for 127.0.0.1; AUTH knows
one user, "desk" with the password "tide pool 7".
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as POLICY
from typing import Any, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from monitor.deliver import MailSettings
from tests.site import CERTIFICATE
from tests.waiting import PATIENCE

USER, PASSWORD = "desk", "tide pool 7"


@dataclass
class Postoffice:
    """The server; what it took lies in `taken`."""

    answers: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, asyncio.Event] = field(default_factory=dict)
    drop: bool = False
    tls: bool = False
    starttls: bool = True
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)  # recipients of each
    raw: list[bytes] = field(default_factory=list)
    port: int = 0
    customers: "list[_Customer]" = field(default_factory=list)

    async def __aenter__(self) -> Self:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Customer(
                self,
                hostname="office.example",
                loop=loop,
                tls_context=context if self.starttls else None,
                require_starttls=self.starttls and not self.tls,
                auth_require_tls=self.starttls and not self.tls,
                authenticator=self.login,
            ),
            "127.0.0.1",
            0,
            ssl=context if self.tls else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for customer in self.customers:
            customer.leave()
        tasks = [customer._handler_coroutine for customer in self.customers]
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Know one user."""
        assert isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender."""
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the text."""
        assert isinstance(envelope.original_content, bytes)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        for reader in self.held.keys() & set(envelope.rcpt_tos):
            await self.held[reader].wait()
        self.raw.append(envelope.original_content)
        message = BytesParser(policy=POLICY).parsebytes(envelope.original_content)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.envelopes.append(list(envelope.rcpt_tos))
        if self.drop:
            cast("asyncio.Transport", server.transport).abort()
        return "250 taken"

    def settings(self, **fields: Any) -> MailSettings:
        """Settings that reach this office and trust its certificate."""
        known: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": "tls" if self.tls else "starttls" if self.starttls else "none",
            "from_": "Wire monitor <monitor@example.org>",
            "ca": CERTIFICATE,
            "timeout": PATIENCE / 2,  # twenty conversations may share one busy loop
        }
        return MailSettings(**(known | fields))


class _Customer(SMTP):
    """One connection, which can be ended from our side in whatever state it is."""

    raw: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.raw is None:  # after STARTTLS this is called again
            self.raw = transport
            self.event_handler.customers.append(self)

    def leave(self) -> None:
        """Hang up."""
        if self.raw:
            self.raw.close()
        if self._handler_coroutine:
            self._handler_coroutine.cancel()


@contextlib.asynccontextmanager
async def greeting(line: bytes, visits: list[int] | None = None) -> AsyncIterator[int]:
    """A server that greets with one line (none: it never answers) and waits for the client to go.

    Yields its port; each client adds to `visits`.
    """

    clients: set[asyncio.Task[None] | None] = set()

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clients.add(asyncio.current_task())
        if visits is not None:
            visits.append(len(visits))
        with contextlib.suppress(ConnectionError):
            writer.write(line)
            await writer.drain()
            await reader.read()
        with contextlib.suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
        for client in clients:
            if client:
                await client
