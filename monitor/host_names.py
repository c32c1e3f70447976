"""Hosts beyond ASCII (IDNA 2008, RFC 5891): as they are asked for, and as people read them.

"한국.kr" and "xn--3e0b707e.kr" are one host. Python's own codec is IDNA 2003, to which straße.de is
strasse.de, another owner's; the library read here is the one by which a url is asked for.
"""

from functools import lru_cache


def on_the_wire(name: str) -> str:
    """Return the ASCII form of a host name; what can have none comes back as it is.

    Args:
        name: lower case.
    """
    if name.isascii():
        return name
    import idna  # few hosts need it, and most commands meet none

    try:
        return idna.encode(name).decode("ascii")
    except UnicodeError:  # as its IDNAError is
        return name


@lru_cache(256)
def in_letters(name: str) -> str:
    """Return a host name with letters in place of xn--…; what cannot have them as it is.

    Args:
        name: lower case.
    """
    if name.isascii() and "xn--" not in name:
        return name
    import idna

    try:
        return idna.decode(idna.encode(name))
    except UnicodeError:
        return name
