"""Running as a service: the files a supervisor wants.

`systemd` and `launchd` are pure: paths in, the text of a file out. Writing that file, and telling
the operator what was written, is the command line's business. Beside them lie `Containerfile`, and
`compose.yaml` for two monitors on a database. The container is built from a checkout, runs as a
number and not as root, keeps state on a volume and reads its configuration from a mount.
"""

from monitor.deploy.launchd import LABEL, property_list
from monitor.deploy.systemd import UNIT_NAME, unit

__all__ = ["LABEL", "UNIT_NAME", "property_list", "unit"]
