-- The chains of all stations. `line` is the signed event; every other column is taken from it so
-- that it can be searched, and is compared with it by the ledger's check.
-- Statements are parted by empty lines.
CREATE TABLE migration (
  number INTEGER NOT NULL PRIMARY KEY
);

CREATE TABLE event (
  digest   TEXT   NOT NULL PRIMARY KEY,
  station  TEXT   NOT NULL,
  position BIGINT NOT NULL CHECK (position > 0),
  id       TEXT   NOT NULL,
  time     BIGINT NOT NULL,
  previous TEXT   UNIQUE REFERENCES event (digest),
  line     TEXT   NOT NULL,
  UNIQUE (station, position),
  CHECK ((previous IS NULL) = (position = 1))
);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an event is never removed');
END;

-- Also stops INSERT OR REPLACE, which removes rows without asking the trigger above.
CREATE TRIGGER event_goes_at_the_end BEFORE INSERT ON event
WHEN NEW.position <> (SELECT COALESCE(MAX(position), 0) + 1 FROM event WHERE station = NEW.station)
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an event goes at the end of its chain');
END;
