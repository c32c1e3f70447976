"""Mail over SMTP, one connection a message.

What an answer means: 4xx and anything that happens to the network may pass, so the message is tried
again; 5xx is the server's last word, so it is parked with that word. A connection lost after the
text was sent leaves it unknown whether the server took it; trying again repeats the same
Message-ID, which is the lesser evil (RFC 5321 section 4.5.5 leaves the choice to the sender).
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from ipaddress import ip_address

import aiosmtplib
from msgspec.structs import replace

from monitor.deliver.mail_settings import MailSettings
from monitor.deliver.mime import to_mime
from monitor.deliver.outcome import Outcome, parked, retry, retry_for, sent
from monitor.deliver.outgoing import Outgoing
from monitor.errors import ConfigError, DeliveryError
from monitor.text import one_line

_SAID = 300
# A server that is being mended may lack TLS, or its directory of users, for as long as that takes.
_A_MOMENT = timedelta(hours=4)
_WHOLE = 5  # times `timeout`: for the whole conversation, against a server that drips


async def send_mail(outgoing: Outgoing, settings: MailSettings) -> Outcome:
    """Send one message to the one address of its target; never raises for what the server does."""
    let_in = False
    try:
        sender = settings.sender
        content = to_mime(outgoing, settings).as_bytes()
        async with asyncio.timeout(settings.timeout * _WHOLE), _session(settings) as session:
            let_in = True
            await session.sendmail(sender, [outgoing.target.address], content)
            return sent()
    except ConfigError as error:
        return parked(str(error))
    except (aiosmtplib.SMTPException, OSError) as error:
        return replace(_judge(error, settings), of_server=not let_in)


async def check_mail(settings: MailSettings) -> None:
    """Connect, start TLS, log in and leave, without sending anything.

    Raises:
        ConfigError: the settings cannot be used.
        DeliveryError: the server could not be reached or did not let us in.
    """
    _ = settings.sender
    try:
        async with asyncio.timeout(settings.timeout * _WHOLE), _session(settings) as session:
            await session.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        outcome = _judge(error, settings)
        raise DeliveryError(
            outcome.why, permanent=outcome.state == "parked" or outcome.patience is not None
        ) from None


@asynccontextmanager
async def _session(settings: MailSettings) -> AsyncIterator[aiosmtplib.SMTP]:
    if settings.username and settings.security == "none" and not _loopback(settings.host):
        raise ConfigError(
            'email.security = "none" would send the password readable; use "starttls" or "tls"'
        )
    session = aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        timeout=settings.timeout,
        use_tls=settings.security == "tls",
        start_tls=False,
        tls_context=_trust(settings),
    )
    try:
        await session.connect()
        if settings.security == "starttls":
            await session.ehlo()
            if not session.supports_extension("starttls"):
                raise aiosmtplib.SMTPNotSupported("the server offers no STARTTLS")
            await session.starttls()
        if settings.username:
            await session.login(settings.username, settings.password)
        yield session
        with suppress(aiosmtplib.SMTPException, OSError):
            await session.quit()
    finally:
        session.close()


def _trust(settings: MailSettings) -> ssl.SSLContext | None:
    if settings.security == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"email.ca: {settings.ca}: {error}") from None


def _judge(error: Exception, settings: MailSettings) -> Outcome:
    server = f"{settings.host}:{settings.port}"
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]
    if isinstance(error, aiosmtplib.SMTPResponseException) and 400 <= error.code < 600:
        said = f"{error.code} {one_line(error.message)}"[:_SAID]
        if isinstance(error, aiosmtplib.SMTPAuthenticationError):
            why = f"{server} refused the login of {settings.username}: {said}"
            return retry(why) if error.code < 500 else retry_for(_A_MOMENT, why)
        if isinstance(error, aiosmtplib.SMTPRecipientRefused):
            why = f"{server} refused the address {error.recipient}: {said}"
        else:
            why = f"{server} answered {said}"
        return retry(why) if error.code < 500 else parked(why)
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        why = f"{server}: {one_line(error.message)[:_SAID]}; see email.security"
        return retry_for(_A_MOMENT, why)
    cause = _root(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return retry(f"{server}: its certificate is not trusted: {cause.verify_message}")
    if isinstance(error, TimeoutError):
        return retry(f"{server} did not answer in time")
    return retry(f"{server}: {one_line(str(error))[:_SAID] or type(error).__name__}")


def _root(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
