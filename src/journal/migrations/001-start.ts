import type { Migration } from '../migrations.ts'

/**
 * `dir` is the number of the folder item in which a thing stands; the source's own folder is the negated number of the source;
 * NULL: not known yet. A row holds its folder and its local name, never a path, so that renaming a folder is one row.
 * Queries name the index that they need (INDEXED BY): the planner knows nothing of how many rows share a folder or a source, and a wrong guess is quadratic.
 * `entry.dir`/`local` say where a file belongs, `disk_dir`/`disk` where it stands on disk (NULL: nowhere); where they differ it must be moved.
 */
export const start: Migration = {
  number: 1,
  name: 'start',
  sql: `
CREATE TABLE run(
  n INTEGER PRIMARY KEY, command TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER, status INTEGER);
CREATE TABLE mark(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source(
  n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, failure TEXT, listed INTEGER);
CREATE TABLE stream(
  source INTEGER NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, cursor TEXT, shape TEXT, generation INTEGER NOT NULL DEFAULT 0,
  full INTEGER NOT NULL DEFAULT 0, ended INTEGER, offered INTEGER, PRIMARY KEY(source, id)) WITHOUT ROWID;
CREATE TABLE unread(
  source INTEGER NOT NULL, stream TEXT NOT NULL, id TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY(source, stream, id)) WITHOUT ROWID;
CREATE TABLE item(
  n INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT NOT NULL, stream TEXT NOT NULL, kind TEXT NOT NULL, version TEXT NOT NULL,
  folder_version TEXT, name TEXT, parent TEXT, fallback TEXT, dir INTEGER, modified REAL, link TEXT, twin TEXT, parts TEXT NOT NULL,
  details TEXT NOT NULL, unexportable TEXT, excluded TEXT, waiting TEXT, generation INTEGER NOT NULL, state TEXT NOT NULL,
  reason TEXT, hint TEXT, failure TEXT, run INTEGER NOT NULL, missing INTEGER, vanished INTEGER);
CREATE UNIQUE INDEX item_id ON item(source, id);
CREATE INDEX item_source ON item(source);
CREATE INDEX item_parent ON item(source, parent) WHERE parent IS NOT NULL;
CREATE INDEX item_folder ON item(source, n) WHERE kind = 'folder';
CREATE INDEX item_queue ON item(source, n) WHERE state = 'pending';
CREATE INDEX item_loose ON item(source, n) WHERE dir IS NULL;
CREATE INDEX item_twin ON item(source, twin) WHERE twin IS NOT NULL;
CREATE INDEX item_failed ON item(source) WHERE state = 'failed';
CREATE INDEX item_gone ON item(source) WHERE state = 'gone';
CREATE INDEX item_excluded ON item(source) WHERE state = 'excluded';
CREATE INDEX item_vanished ON item(source, vanished) WHERE vanished IS NOT NULL;
CREATE INDEX item_missing ON item(source, n) WHERE missing IS NOT NULL;
CREATE TABLE entry(
  item INTEGER NOT NULL, key TEXT NOT NULL, dir INTEGER NOT NULL, name TEXT NOT NULL, fold TEXT NOT NULL, local TEXT NOT NULL,
  local_fold TEXT NOT NULL, living INTEGER NOT NULL, disk_dir INTEGER, disk TEXT, disk_fold TEXT, bytes INTEGER, sha256 TEXT, version TEXT,
  modified REAL, saved INTEGER, intent TEXT, draft TEXT, PRIMARY KEY(item, key)) WITHOUT ROWID;
CREATE INDEX entry_place ON entry(dir, fold);
CREATE INDEX entry_squatter ON entry(dir, local_fold) WHERE local_fold <> fold;
CREATE INDEX entry_disk ON entry(disk_dir, disk_fold) WHERE disk IS NOT NULL;
CREATE INDEX entry_astray ON entry(item, key) WHERE disk IS NOT NULL AND (disk_dir <> dir OR disk <> local);
CREATE INDEX entry_intent ON entry(item, key) WHERE intent IS NOT NULL;
CREATE INDEX entry_draft ON entry(item, key) WHERE draft IS NOT NULL;
`,
}
