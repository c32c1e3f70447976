"""What `monitor init` writes: the example configuration with a desk's own answers in it, and rules.

- `example_config`: config.example.toml, changed in the lines that the answers are about, so that
  its comments stay.
- `example_desks`: rules with tests for desks of other kinds, as a beginning.
"""

from monitor.setup.example_config import Answers, config_text, example_text
from monitor.setup.example_desks import DESKS, ExampleDesk, desk_named

__all__ = ["DESKS", "Answers", "ExampleDesk", "config_text", "desk_named", "example_text"]
