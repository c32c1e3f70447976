"""What a pipeline works with while it is open."""

from msgspec import Struct

from monitor.pipeline.draft_ahead import DraftAhead
from monitor.pipeline.intake import Intake
from monitor.web import Client
from monitor.workers import Workers


class Tools(Struct, frozen=True):
    """What asks, reads and stores.

    Attributes:
        client: asks for feeds and pages.
        workers: processes that read them.
        ahead: reads entries in another process, where many wait.
        intake: stores what feeds said.
    """

    client: Client
    workers: Workers
    ahead: DraftAhead
    intake: Intake
