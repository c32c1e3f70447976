"""Where messages go, as people write it, right and wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver import mail_address, parse_target
from monitor.deliver.targets import label_of
from monitor.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "kind", "address", "shape"),
    [
        ("terminal", "terminal", "", ""),
        ("mailto:desk@example.org", "mail", "desk@example.org", ""),
        (" mailto:root@localhost ", "mail", "root@localhost", ""),
        ("mailto:desk@한국.kr", "mail", "desk@xn--3e0b707e.kr", ""),
        ("mailto:desk@straße.de", "mail", "desk@xn--strae-oqa.de", ""),
        ("mailto:desk@BÜCHER.de", "mail", "desk@xn--bcher-kva.de", ""),
        ("mailto:desk@mail.newsroom.local", "mail", "desk@mail.newsroom.local", ""),
        ("mailto:o'neil+wire@example.test", "mail", "o'neil+wire@example.test", ""),
        ("file:/srv/{name}-{date}.html", "file", "/srv/{name}-{date}.html", ""),
        ("file:///srv/a.atom", "file", "/srv/a.atom", ""),
        ("file:~/news/latest.md", "file", "~/news/latest.md", ""),
        ("maildir:/home/desk/Maildir", "maildir", "/home/desk/Maildir", ""),
        ("site:/srv/www", "site", "/srv/www", ""),
        ("apprise:tgram://bot/1", "chat", "tgram://bot/1", ""),
        ("https://example.org/hook?key=1", "webhook", "https://example.org/hook?key=1", "generic"),
        ("http://127.0.0.1:8080/", "webhook", "http://127.0.0.1:8080/", "generic"),
        ("slack+https://hooks.example/T/B", "webhook", "https://hooks.example/T/B", "slack"),
        ("ntfy+https://ntfy.example/desk", "webhook", "https://ntfy.example/desk", "ntfy"),
    ],
)
def test_every_form_of_target_is_read(text: str, kind: str, address: str, shape: str) -> None:
    """Each form gives its kind, its address and, for webhooks, its shape."""
    target = parse_target(text)
    assert (target.kind, target.address, target.shape) == (kind, address, shape)


@pytest.mark.parametrize(
    ("text", "wish", "said"),
    [
        ("mailto:desk@example.org", {"form": "json"}, "cannot be json; it can be html, text"),
        ("terminal", {"form": "html"}, "can be text, markdown, json"),
        ("slack+https://hooks.example/T/B", {"form": "text"}, "slack webhook at hooks.example"),
        ("apprise:tgram://secret/1", {"form": "html"}, "has a form of its own"),
        ("https://example.org/hook", {"brief": True}, "never brief"),
        ("file:/srv/a.json", {"brief": True}, "never brief"),
        ("file:/srv/a.html", {"url": "https://example.org/a.html"}, "only an Atom feed"),
    ],
)
def test_a_form_that_a_target_cannot_have_is_refused(
    text: str, wish: dict[str, Any], said: str
) -> None:
    """What a target cannot be is told with what it can be, and without a secret."""
    with pytest.raises(ConfigError) as raised:
        parse_target(text, **wish)
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("terminal", ["text", "markdown", "json"]),
        ("mailto:desk@example.org", ["html", "text"]),
        ("maildir:/srv/box", ["html", "text"]),
        ("file:/srv/a.txt", ["html", "text", "json", "atom", "markdown"]),
    ],
)
def test_a_target_can_be_had_in_each_of_its_forms(text: str, forms: list[str]) -> None:
    """As it was wished for, whatever the ending of a file says."""
    assert [parse_target(text, form=form).form for form in forms] == forms


@pytest.mark.parametrize(
    ("form", "ending"),
    [
        ("", "html"), ("html", "html"), ("text", "txt"), ("json", "json"), ("atom", "atom"),
        ("markdown", "md"),
    ],
)  # fmt: skip
def test_a_folder_gets_a_file_for_each_digest(form: str, ending: str) -> None:
    """Its ending says its form."""
    target = parse_target("file:/srv/digests/", form=form)
    assert target.address == f"/srv/digests/{{name}}-{{date}}-{{time}}.{ending}"
    assert target.form == (form or "html")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not understood"),
        ("desk@example.org", 'write "mailto:desk@example.org"'),
        ("/srv/x.html", 'write "file:/srv/x.html"'),
        ("mail:desk@example.org", 'did you mean "mailto:"?'),
        ("termnal", 'did you mean "terminal'),
        ("mailto:desk.example.org", "no mail address"),
        ("mailto:desk@", "no mail address"),
        ("mailto:desk@example..org", "no domain name"),
        ("mailto:desk@-example.org", "no domain name"),
        ("mailto:desk@exa_mple.org", "no domain name"),
        ("mailto:desk@☃☃.org", "no domain name"),
        ("mailto:" + "x" * 65 + "@example.org", "cannot stand before the @"),
        ("mailto:a..b@example.org", "cannot stand before the @"),
        ("mailto:데스크@example.org", "cannot stand before the @"),
        ("mailto:desk@example,org", "one address a target"),
        ("mailto:a@example.org,b@example.org", "one address a target"),
        ("mailto:a;b@example.org", "one address a target"),
        ("mailto:de sk@example.org", "cannot stand before the @"),
        ("mailto:desk@example.org?subject=x", "only the address"),
        ("mailto:desk@example.org\nBcc: all@example.org", "control characters"),
        ("file: ", "names no file"),
        ("file:/srv/digest", "ending says its format"),
        ("file:/srv/digest.docx", "known: .txt, .html"),
        ("file:/srv/{day}.html", '"{day}" is not known'),
        ("maildir:", "names no folder"),
        ("site: ", "names no folder"),
        ("apprise:tgram", "names no service"),
        ("fil:/srv/x.txt", 'did you mean "file:"?'),
        ("fiel:/srv/wire/digests/{name}-{date}.html", 'did you mean "file:"?'),
        ("maildr:/srv/x", 'did you mean "maildir:"?'),
        ("sites:/srv/x", 'did you mean "site:"?'),
        ("aprise:tgram://x/1", 'did you mean "apprise:"?'),
        ("htps://example.org/x", 'did you mean "https'),
        ("slak+https://example.org/x", 'did you mean "slack"?'),
        ("teams+https://example.org/x", "known: generic, slack"),
        ("https://", "no complete url"),
        ("https://[", "no complete url"),
        ("https://example.org:99999/", "no complete url"),
        ("ntfy+https://ntfy.example", "lacks the topic"),
        ("ftp://example.org/x", "not understood"),
    ],
)
def test_a_wrong_target_says_what_is_wrong_and_what_to_write(text: str, said: str) -> None:
    """A target that cannot be is refused with its text and a hint."""
    with pytest.raises(ConfigError) as refused:
        parse_target(text)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text is a target or a ConfigError, and what is a target reads the same again."""
    for scheme in ("", "mailto:", "file:", "maildir:", "https:", "slack+https://"):
        try:
            target = parse_target(scheme + text)
        except ConfigError:
            continue
        assert parse_target(target.text) == target


@given(st.text(max_size=40), st.text(max_size=40))
def test_an_address_that_is_taken_cannot_break_a_header(local: str, domain: str) -> None:
    """What `mail_address` returns is printable ASCII without blanks, one @ and no brackets."""
    try:
        address = mail_address(f"{local}@{domain}")
    except ConfigError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' <>,;:"()[]\\')
    assert address.count("@") == 1


def test_the_secret_of_a_webhook_is_not_shown() -> None:
    """The label of a webhook names shape and host only; other targets are shown as written."""
    assert parse_target("slack+https://hooks.example/T0/SECRET").label == (
        "slack webhook at hooks.example"
    )
    assert parse_target("mailto:desk@example.org").label == "mailto:desk@example.org"


@pytest.mark.parametrize(
    ("ending", "form"),
    [("txt", "text"), ("html", "html"), ("htm", "html"), ("json", "json"), ("atom", "atom"),
     ("xml", "atom"), ("md", "markdown")],
)  # fmt: skip
def test_the_ending_of_a_file_says_its_form(ending: str, form: str) -> None:
    """Of the seven that are known."""
    assert parse_target(f"file:/srv/a.{ending}").form == form


def test_a_stored_target_is_shown_by_its_label() -> None:
    """Also when it cannot be read any more."""
    assert label_of("slack+https://hooks.example/T0/secret") == "slack webhook at hooks.example"
    assert label_of("carrier-pigeon:home") == "a target that cannot be read"
