#!/usr/bin/env bash
# Puts the copy $1 of backup.sh in the place of the database of DATABASE_URL. Stop the service before.
# PostgreSQL: in one transaction, so that it is either all there or as before. SQLite: what was there is kept beside it.
set -euo pipefail
umask 077
copy=${1:?usage: restore.sh FILE}
url=${DATABASE_URL:-sqlite+aiosqlite:///${DATA_DIR:-var}/gongyou.db}
[ -r "$copy" ] || { echo "$copy cannot be read" >&2; exit 2; }

case $url in
  postgresql+asyncpg://*)
    address=postgresql://${url#postgresql+asyncpg://}
    others=$(psql --no-psqlrc --tuples-only --no-align --dbname="$address" --command \
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gongyou'")
    [ "$others" = 0 ] || { echo "the service is still connected $others times: stop it first" >&2; exit 1; }
    # Written out first: of a damaged copy nothing may be carried out, not even the emptying.
    script=$(mktemp)
    trap 'rm -f "$script"' EXIT
    # Tables that the copy does not know would stay: the schema is made anew.
    echo "DROP SCHEMA public CASCADE; CREATE SCHEMA public;" >"$script"
    pg_restore --no-owner --no-privileges --schema=public --file=- "$copy" | sed '/^CREATE SCHEMA public;$/d' >>"$script"
    psql --no-psqlrc --quiet --single-transaction --set=ON_ERROR_STOP=1 --output=/dev/null --dbname="$address" --file="$script"
    ;;
  sqlite+aiosqlite:///*)
    database=${url#sqlite+aiosqlite:///}
    python3 - "$copy" "$database" <<'PYTHON'
import shutil
import sqlite3
import sys
import time
from pathlib import Path

copy, database = map(Path, sys.argv[1:])
opened = sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)
if opened.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
    sys.exit(f"{copy} is damaged")
opened.close()
database.parent.mkdir(parents=True, exist_ok=True)
kept = f"{database}.before-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
for suffix in ("", "-wal", "-shm"):
    # The log belongs to the file: left behind, it would be applied to the copy.
    if (part := Path(f"{database}{suffix}")).exists():
        part.rename(f"{kept}{suffix}")
unfinished = Path(f"{database}.part")
shutil.copyfile(copy, unfinished)
unfinished.replace(database)
PYTHON
    ;;
  *)
    echo "DATABASE_URL must begin with postgresql+asyncpg:// or sqlite+aiosqlite:///" >&2
    exit 2
    ;;
esac
echo "$url" | sed -E 's#//[^@/]*@#//#; s#^#restored: #'
