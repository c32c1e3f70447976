"""The daemon: knows the time and the signals, and lets the pipeline do the work.

Every second it starts the feeds and pages whose time has come; digests go by cron triggers in their
own zone, with a look every few minutes for what was missed; the outbox is tried every few seconds.

* `run`: start, signals, stop.
* `service`, `work`: a daemon's life, and what it does in its jobs.
* `failures`, `pause`: work that fails, and the pause while nothing can be stored.
* `jobs`, `clock`: turns that were missed, clocks that jump.
* `state_guard`: the state folder may be taken away; `reloading`: its config may be changed.
* `heartbeat`: what a daemon makes known of itself.
* `standing`: where a desk stands, in six lines; `digests_due`: when its digests come next.
* `status`, `attention`, `machine_states`, `desk_states`, `metrics`, `listener`: what is known, for
  people, checks and Prometheus (`histogram`: how long things took).
* `sd_notify`: what a daemon tells its supervisor.
"""
