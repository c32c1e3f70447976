"""Running as a service: the files a supervisor wants.

`systemd`, `launchd` and `container` are pure: paths in, the text of a file out. Writing that file,
and telling the operator what was written, is the command line's business.
"""

from monitor.deploy.container import composefile, containerfile
from monitor.deploy.launchd import LABEL, property_list
from monitor.deploy.systemd import UNIT_NAME, unit

__all__ = ["LABEL", "UNIT_NAME", "composefile", "containerfile", "property_list", "unit"]
