"""Running as a service: the files a supervisor wants, and the words a daemon says to it.

`systemd`, `launchd` and `container` are pure: paths in, the text of a file out. Writing that file,
and telling the operator what was written, is the command line's business. `notify` speaks the
sd_notify protocol to whatever supervisor started us, and is silent when none did.
"""

from monitor.service import notify
from monitor.service.container import containerfile
from monitor.service.launchd import LABEL, property_list
from monitor.service.systemd import UNIT_NAME, unit

__all__ = ["LABEL", "UNIT_NAME", "containerfile", "notify", "property_list", "unit"]
