"""Stores written by an earlier kafe get today's tables, columns and keys; nothing that people wrote is changed."""

from sqlalchemy import Connection, MetaData, Table, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from kafe.store.tables import events, schema
from kafe.store.tables.events import CODINGS, DECISIONS, MARKS, Log, Row
from kafe.store.tables.rows import digest, mark_row
from kafe.store.tables.versions import NOTES

_FATES = {"valgt": "chosen", "parkert": "parked", "videre": "passed_on"}
"""What stores of versions 1 and 2 say → what it is today."""


def migrate(connection: Connection, version: int) -> None:
    """Bring a store of `version` to today's, inside the transaction of `connection`."""
    if version < 2:
        _clocks_and_marks(connection)
    if version < 3:
        _english_fates(connection)
    if version < 4:
        schema.links.create(connection, checkfirst=True)
    if version < 5:
        schema.metadata.create_all(connection)
    connection.execute(update(schema.schema_version).values(version=schema.VERSION))


def _clocks_and_marks(connection: Connection) -> None:
    """Version 2: every event gets a clock, finished marks become events, new logs are made."""
    for table in (schema.note_versions, schema.codings, schema.decisions):
        _add_columns(connection, table)
    schema.metadata.create_all(connection)
    for table in (schema.note_versions, schema.codings, schema.decisions):
        for index in sorted(table.indexes, key=lambda index: index.name or ""):
            index.create(connection, checkfirst=True)
    for log in (NOTES, CODINGS, DECISIONS):
        _fill_clocks(connection, log)
    old = Table("finished", MetaData(), autoload_with=connection)
    marks: list[Row] = [
        mark_row(row["coder"], row["note_id"], "finish", row["at"], "")
        for row in connection.execute(select(old).order_by(old.c.seq)).mappings()
    ]
    events.put(connection, schema.marks, events.stamp(MARKS, marks, {}))


def _english_fates(connection: Connection) -> None:
    """Version 3: the fate of a decision is stored in English; ids that are hashes of the content follow."""
    for row in events.read(connection, DECISIONS):
        fresh = {"fate": _FATES.get(row["fate"], row["fate"])}
        if row["id"] == digest(*(row[name] for name in schema.DECISION_FIELDS)):
            fresh["id"] = digest(*((dict(row) | fresh)[name] for name in schema.DECISION_FIELDS))
        connection.execute(update(schema.decisions).where(schema.decisions.c.seq == row["seq"]).values(fresh))


def _add_columns(connection: Connection, table: Table) -> None:
    present = {column["name"] for column in inspect(connection).get_columns(table.name)}
    quoted = connection.dialect.identifier_preparer.format_table(table)
    for column in table.columns:
        if column.name not in present:
            definition = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {quoted} ADD COLUMN {definition}"))


def _fill_clocks(connection: Connection, log: Log) -> None:
    table = log.table
    columns = [table.c[name] for name in dict.fromkeys(("seq", *log.key, "at"))]
    stored = connection.execute(select(*columns).order_by(table.c.seq)).mappings().all()
    stamped = events.stamp(log, [dict(row) for row in stored], {})
    if stamped:
        change = text(f"UPDATE {table.name} SET clock_at = :clock_at, clock_n = :clock_n WHERE seq = :seq")  # noqa: S608
        connection.execute(
            change, [{name: row[name] for name in ("clock_at", "clock_n", "seq")} for row in stamped]
        )
