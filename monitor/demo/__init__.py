"""A wire site in a box: what `monitor demo` reads when there is no network and no configuration.

`serve()` puts eleven invented outlets on a free loopback port: feeds in RSS, RDF and Atom and a
list page, in English, Korean, Chinese and Japanese, and the article page of every entry, each
outlet in another markup and some in old encodings. Among the stories a Korea/China desk wants
stand some that only look so; one wire story is carried by three outlets and once more in another
language; three feeds misbehave (gone, a page instead of a feed, slow). `demo_config()` is the
configuration for it.

The texts are TOML files in `content/`, the markup Jinja2 templates in `templates/`. All texts are
our own; outlets and events are invented, save for one page that retells the facts of a real
meeting of September 2024. Every story names the built-in topics it belongs to (`expected_topics`),
so that a test can hold the whole pipeline against it.
"""

from monitor.demo.demo_config import demo_config
from monitor.demo.site import serve
from monitor.demo.texts import expected_topics

__all__ = ["demo_config", "expected_topics", "serve"]
