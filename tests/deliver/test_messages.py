"""From an edition to one message for each target, and from a message to mail."""

import json
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver import MailSettings, Outgoing, build_messages, parse_target, to_mime
from monitor.errors import ConfigError, MonitorError
from monitor.model import Form, MailBodies
from tests.deliver.sample import AT, Paper, message

SETTINGS = MailSettings(host="x", from_="Wire monitor <monitor@example.org>")
TARGETS = tuple(
    map(
        parse_target,
        (
            "terminal",
            "mailto:a@example.org",
            "mailto:b@example.org",
            "file:/srv/{name}-{date}-{time}.md",
            "maildir:/srv/maildir",
            "https://example.org/hook",
            "slack+https://example.org/slack",
            "discord+https://example.org/discord",
            "mattermost+https://example.org/mm",
            "ntfy+https://example.org/base/desk",
        ),
    )
)


def built(paper: Paper, *targets: str) -> list[Outgoing]:
    return list(
        build_messages(paper, map(parse_target, targets), "Desk, Korea <monitor@example.org>")
    )


def mail(outgoing: Outgoing, settings: MailSettings = SETTINGS) -> EmailMessage:
    """The message as its receiver parses it."""
    parsed = message_from_bytes(to_mime(outgoing, settings).as_bytes(), policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_each_target_gets_its_own_message_in_its_own_form() -> None:
    """One message a target, ids all different, each form rendered once however many want it."""
    paper = Paper()
    messages = build_messages(paper, TARGETS, "monitor@example.org")
    assert len({one.message_id for one in messages}) == len(TARGETS)
    assert all(one.message_id.endswith("@example.org>") for one in messages)
    assert sorted(paper.rendered) == ["json", "mail", "markdown", "text"]
    assert messages[0].text == "the text 한국 中国\n"
    assert (messages[1].text, messages[1].html) == (messages[2].text, messages[2].html)
    assert messages[3].target.text == "file:/srv/morning-2026-11-23-073005.md"


def test_the_same_edition_has_the_same_ids_for_ever() -> None:
    """Building again gives the same messages; another seed, name or target other ids."""
    assert built(Paper(), "mailto:a@example.org") == built(Paper(), "mailto:a@example.org")
    ids = {
        built(paper, target)[0].message_id
        for paper in (Paper(), Paper(seed="2"), Paper(name="evening"), Paper(kind="alert"))
        for target in ("mailto:a@example.org", "mailto:b@example.org")
    }
    assert len(ids) == 8
    address = parse_target("mailto:a@example.org")
    for sender, domain in (("monitor@Example.org", "example.org"), ("", "wire-monitor.invalid")):
        (one,) = build_messages(Paper(), [address], sender)  # as versions before made it
        assert one.message_id == f"<92bcc3c4c2ef9eed718d70ab43aa4768@{domain}>"


def test_a_site_gets_a_message_without_text() -> None:
    """Its pages are made from the store when the message has its turn."""
    (one,) = build_messages(Paper(), [parse_target("site:/srv/site")])
    assert (one.text, one.html, one.target.address) == ("", "", "/srv/site")


def test_a_target_named_twice_gets_one_message() -> None:
    """The same target twice is one message."""
    assert len(built(Paper(), "terminal", "mailto:a@example.org", "terminal")) == 2


@pytest.mark.parametrize(
    ("text", "wish", "said"),
    [
        ("terminal", {"brief": True}, "the brief text"),
        ("terminal", {"form": "markdown"}, "the markdown"),
        ("file:/srv/x.txt", {"form": "json"}, '{"form": "json"}'),
        ("file:/srv/digests/", {"form": "markdown", "brief": True}, "the brief markdown"),
        ("mailto:a@example.org", {"form": "text"}, "the text"),
        ("slack+https://example.org/x", {"brief": True}, '{"text": "*Morning digest'),
    ],
)
def test_a_target_gets_the_form_it_wished_for(text: str, wish: dict[str, Any], said: str) -> None:
    """Form and length are each target's own, and so is the id of what it gets."""
    target = parse_target(text, **wish)
    plain, wished = build_messages(Paper(), [parse_target(text), target], "monitor@example.org")
    assert wished.text.startswith(said)
    assert wished.html == ""
    assert wished.message_id != plain.message_id
    assert Outgoing.from_dict(json.loads(wished.to_json())).text == wished.text


@pytest.mark.parametrize(
    ("text", "form", "brief", "wish"),
    [
        ("mailto:a@example.org", "", False, "mailto:a@example.org"),
        ("mailto:a@example.org", "text", False, "mailto:a@example.org text"),
        ("mailto:a@example.org", "", True, "mailto:a@example.org brief"),
        (" file:/srv/d/ ", "markdown", True, "file:/srv/d/ markdown brief"),
    ],
)
def test_what_an_id_is_made_of_never_changes(text: str, form: str, brief: bool, wish: str) -> None:
    """A newer version must not send again, under another id, what was sent by an older one."""
    assert parse_target(text, form=form, brief=brief).wish == wish


def test_a_message_survives_the_store() -> None:
    """What was put into the store as JSON comes back the same."""
    for one in build_messages(Paper(threads=("7", "8")), TARGETS, "monitor@example.org"):
        assert Outgoing.from_dict(json.loads(one.to_json())) == one


def test_a_broken_template_costs_the_looks_not_the_news() -> None:
    """When the HTML cannot be made, the mail goes out as plain text."""

    class Torn(Paper):
        def mail(self, form: Form) -> MailBodies:
            raise MonitorError("the template is broken")

    (one,) = built(Torn(), "mailto:a@example.org")
    sent = mail(one)
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content().splitlines() == ["the text 한국 中国"]


def test_a_name_cannot_lead_a_file_out_of_its_folder() -> None:
    """Slashes and leading dots in a digest's name do not become path."""
    (one,) = built(Paper(name="../../etc/cron"), "file:/srv/{name}.txt")
    assert one.target == parse_target("file:/srv/-..-etc-cron.txt")


def test_messages_of_one_story_share_a_thread() -> None:
    """Alerts about one story begin their References with the same id; a digest answers nothing."""
    first, *_ = built(Paper(kind="alert", threads=("42",)), "mailto:a@example.org")
    (later,) = built(Paper(kind="alert", seed="2", threads=("42",)), "mailto:a@example.org")
    assert later.message_id != first.message_id
    assert later.references == first.references
    assert mail(later)["In-Reply-To"] == first.references[0]
    (apart,) = built(Paper(), "mailto:a@example.org")
    assert mail(apart)["In-Reply-To"] is None


def test_an_alert_at_the_terminal_is_a_line() -> None:
    """A digest there is its text."""
    for kind, form in (("alert", "line"), ("digest", "text")):
        (one,) = built(Paper(kind=kind), "terminal")
        assert one.text.startswith(f"the {form} ")


def test_mail_has_the_headers_of_a_good_list() -> None:
    """From, To, Date, Message-ID, List-Id and Auto-Submitted are as they should be."""
    sent = mail(message())
    assert sent["From"].addresses[0].display_name == "Wire monitor"
    assert sent["To"] == "desk@example.org"
    assert sent["Date"].datetime == AT
    assert sent["Message-ID"] == "<1234567890abcdef@example.org>"
    assert sent["List-Id"] == "<morning.wire-monitor.example.org>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Subject"] == "朝の要約: 한국–中国"
    assert sent.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]


def test_mail_is_seven_bit_with_short_lines_and_the_same_each_time() -> None:
    """Mail is 7-bit clean, no line is over 998 bytes, and the same message gives the same bytes."""
    one = message(text="長" * 5000, html="<p>" + "文" * 9000 + "</p>", subject="題" * 400)
    raw = to_mime(one, SETTINGS).as_bytes(policy=SMTP)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw == to_mime(one, SETTINGS).as_bytes(policy=SMTP)


@given(
    subject=st.text(max_size=80),
    name=st.text(max_size=40),
    from_name=st.text(max_size=40),
    parent=st.text(max_size=40),
)
def test_no_text_can_inject_a_header(subject: str, name: str, from_name: str, parent: str) -> None:
    """Whatever stands in subject, names or ids, the mail has just the headers we wrote."""
    injected = "x\r\nBcc: all@example.org\r\n\r\n<b>body</b>"
    for text in ("", injected):
        one = message(
            subject=subject + text,
            name=name + text,
            in_reply_to=parent + text,
            references=(f"<{parent}{text}@x>", "<good@example.org>"),
        )
        settings = MailSettings(host="x", from_=f"{from_name}{text} <monitor@example.org>")
        try:
            sent = mail(one, settings)
        except ConfigError:
            continue
        assert sent["Bcc"] is None
        assert set(map(str.lower, sent.keys())) <= {
            "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "list-id",
            "auto-submitted", "x-auto-response-suppress", "mime-version", "content-type",
        }  # fmt: skip
        assert "<good@example.org>" in sent["References"]


def test_alerts_are_marked_important() -> None:
    """An alert carries Importance: high."""
    assert mail(message(kind="alert"))["Importance"] == "high"


def test_dates_are_whole_seconds_in_utc() -> None:
    """Microseconds and zones do not make two messages of one."""
    (one,) = built(Paper(made_at=AT + timedelta(microseconds=5)), "terminal")
    assert one.created_at == AT


def test_what_has_no_room_in_a_mail_is_attached() -> None:
    """The whole digest goes along as one HTML file, and the bytes are the same each time."""
    one = message(attachment="<p>the whole day 한국</p>")
    parsed = to_mime(one, SETTINGS)
    (file,) = parsed.iter_attachments()
    assert file.get_filename() == "morning-2026-11-22.html"
    assert file.get_content() == "<p>the whole day 한국</p>\n"
    assert parsed.get_body(("html",)).get_content().strip() == one.html
    assert bytes(parsed) == bytes(to_mime(one, SETTINGS))


def test_references_stand_in_order_as_they_were_given() -> None:
    """A mail client threads by them (RFC 5322 section 3.6.4)."""
    sent = mail(message(references=("<first@x.example>", "<second@x.example>")))
    assert sent["References"] == "<first@x.example> <second@x.example>"
