"""Templates filled: the engine escapes all it is given, and texts come here cleaned."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, TemplateError

from monitor.errors import MonitorError


def render(name: str, **values: object) -> str:
    """Fill a template of this package; raises MonitorError in a damaged installation."""
    try:
        return _template(name).render(**values)
    except (TemplateError, ValueError) as error:
        raise MonitorError(f"the template {name} is broken; install again: {error}") from None


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("monitor.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    return environment.get_template(name)
