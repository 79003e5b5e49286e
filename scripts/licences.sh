#!/usr/bin/env bash
# List the packages that the program is made of, with their licences, for the about box: writes assets/licences.tsv.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo tree --locked --edges normal --target all --prefix none --format '{p}	{l}' \
    | sed -E 's/ v[^	]*	/	/; s/ \(\*\)$//' | grep -v '^baoku	' | LC_ALL=C sort -u >assets/licences.tsv
wc -l <assets/licences.tsv
