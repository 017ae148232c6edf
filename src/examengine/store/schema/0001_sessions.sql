CREATE TABLE forms (
    digest TEXT PRIMARY KEY,
    body   TEXT NOT NULL
) STRICT;

CREATE TABLE packages (
    digest TEXT PRIMARY KEY,
    body   TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    form_digest TEXT NOT NULL REFERENCES forms (digest),
    blueprint   TEXT NOT NULL,
    title       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    seed        INTEGER NOT NULL,
    created     REAL NOT NULL,
    phase       TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    session  TEXT NOT NULL REFERENCES sessions (id),
    sequence INTEGER NOT NULL,
    at       TEXT NOT NULL,
    event    TEXT NOT NULL,
    PRIMARY KEY (session, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE pulses (
    session TEXT PRIMARY KEY REFERENCES sessions (id),
    at      TEXT NOT NULL
) STRICT;

CREATE TABLE evidence (
    session         TEXT NOT NULL REFERENCES sessions (id),
    number          INTEGER NOT NULL,
    response_digest TEXT NOT NULL,
    body            TEXT NOT NULL,
    graded          REAL NOT NULL,
    PRIMARY KEY (session, number, response_digest)
) STRICT;
