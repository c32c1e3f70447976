"""Wire-story monitor: feeds in, flagged stories out.

A story walks one corridor, and each craft on the way is a folder that knows only `monitor.model`,
`monitor.errors` and `monitor.text`:

    web ─▶ feeds ─▶ articles ─▶ watch ─▶ stories ─▶ digest ─▶ deliver
                        (store remembers all of it)

`pipeline` knows their order, `daemon` knows the time, `cli` knows the user.
"""

__version__ = "0.1.0"
