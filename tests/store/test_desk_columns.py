"""The schema of a store from before there were desks, brought up to date."""

from pathlib import Path

from sqlalchemy import inspect, text

from monitor.store import marks, open_store
from tests.postgres import Cluster

BEFORE = """
DROP TABLE unjudged; DROP TABLE desk_feed; DROP TABLE desk;
ALTER TABLE machine DROP COLUMN desk;
ALTER TABLE outbox DROP COLUMN desk, DROP COLUMN machine;
ALTER TABLE flag DROP COLUMN desk, ADD CONSTRAINT uq_flag_article_id_rule UNIQUE (article_id, rule);
ALTER TABLE digest_run DROP COLUMN desk, ADD CONSTRAINT uq_digest_run_name_due UNIQUE (name, due);
ALTER TABLE mark DROP COLUMN desk, ADD CONSTRAINT pk_mark PRIMARY KEY (story_id, kind);
UPDATE alembic_version SET version_num = '0009';
INSERT INTO story (id, first_seen, last_seen) VALUES (1, now(), now());
INSERT INTO mark (story_id, kind, text, at) VALUES (1, 'read', '', now())
"""


def test_what_was_there_belongs_to_the_desk_without_a_name(
    cluster: Cluster, tmp_path: Path
) -> None:
    """A PostgreSQL store of the schema before has all that it had, and room for other desks'."""
    url = cluster.database()
    store = open_store(tmp_path, url)
    with store.write() as db:
        for statement in BEFORE.split(";"):
            db.execute(text(statement))
    store.close()
    store = open_store(tmp_path, url)
    with store.read() as db:
        assert [mark.kind for mark in marks.of(db, [1])[1]] == ["read"]
        kept = inspect(db).get_pk_constraint("mark")["constrained_columns"]
        flags = inspect(db).get_unique_constraints("flag")
    with store.for_desk("energy").read() as db:
        assert marks.of(db, [1]) == {}
    store.close()
    assert kept == ["desk", "story_id", "kind"]
    assert [one["column_names"] for one in flags] == [["article_id", "desk", "rule"]]
