#!/usr/bin/env bash
# Copies the database into the folder $1 while the service runs, and deletes copies older than $2 days (14; 0 keeps all).
# The database is the one of DATABASE_URL, by default DATA_DIR/gongyou.db. Prints the name of the copy.
set -euo pipefail
umask 077
folder=${1:?usage: backup.sh FOLDER [DAYS]}
days=${2:-14}
url=${DATABASE_URL:-sqlite+aiosqlite:///${DATA_DIR:-var}/gongyou.db}
stamp=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$folder"

case $url in
  postgresql+asyncpg://*)
    copy=$folder/gongyou-$stamp.dump
    pg_dump --format=custom --no-owner --no-privileges --file="$copy.part" "postgresql://${url#postgresql+asyncpg://}"
    # A copy that cannot be read is none.
    pg_restore --list "$copy.part" >/dev/null
    ;;
  sqlite+aiosqlite:///*)
    copy=$folder/gongyou-$stamp.sqlite
    # SQLite's own way: the file alone lacks what stands in the log beside it.
    python3 - "${url#sqlite+aiosqlite:///}" "$copy.part" <<'PYTHON'
import sqlite3
import sys
from pathlib import Path

source, target = sys.argv[1:]
opened = sqlite3.connect(f"{Path(source).resolve().as_uri()}?mode=ro", uri=True)
copy = sqlite3.connect(target)
opened.backup(copy)
if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
    sys.exit("the copy is damaged")
copy.close()
PYTHON
    ;;
  *)
    echo "DATABASE_URL must begin with postgresql+asyncpg:// or sqlite+aiosqlite:///" >&2
    exit 2
    ;;
esac

# It has its name only when it is whole.
mv "$copy.part" "$copy"
if [ "$days" -gt 0 ]; then
  find "$folder" -maxdepth 1 -type f -name 'gongyou-*' \( -name '*.dump' -o -name '*.sqlite' \) -mtime "+$days" -delete
fi
echo "$copy"
