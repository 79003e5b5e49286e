#!/usr/bin/env bash
# Make the weights of reconstruction anew: assets/models. Takes some minutes on two cores; the same input gives the same
# weights.
#
# usage: scripts/train.sh [SHARED] [OUT]      default ../shared, assets/models
#
# SHARED holds pages with answers: pages (made ones, answers beside them), dumps and gold (real ones), corpus/news.jsonl.gz
# (text for the pages that examples/press sets). The weights that ship were made from all of them.
set -euo pipefail
cd "$(dirname "$0")/.."
shared="$(realpath "${1:-../shared}")"
out="${2:-assets/models}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cargo build --release --locked --example press --example train_roles --example train_heads --example train_joins \
    --example train_sure
bin="${CARGO_TARGET_DIR:-target}/release/examples"
gunzip -c "$shared/corpus/news.jsonl.gz" >"$work/news.jsonl"
written=(--written examples/press/articles)
"$bin/press" "$work/press" 4500 1 "${written[@]}" "$work/news.jsonl" "$shared/pages" "$shared/gold"
"$bin/press" "$work/plain" 2400 5 --half 0 "${written[@]}" "$work/news.jsonl"
"$bin/press" "$work/other" 800 77 --half 1 "${written[@]}" "$work/news.jsonl"

note="Trained on pages of examples/press (set from web news, from articles written for it and from the articles of the pages below), on 119 made pages of an invented county, on three real pages and on our six samples; see scripts/train.sh."
made="$shared/pages:$shared/pages" real="$shared/dumps:$shared/gold" ours="assets/samples:tests/data/samples"
"$bin/train_roles" "$out/roles.txt" "$out/roles-in-context.txt" --epochs 12 --members 3 --note "$note" \
    "$work/press:$work/press:split" "$made:24" "$real:100" "$ours:40"
# The rest is learned on labels as they are on pages whose articles the line weights do not know.
"$bin/train_roles" "$work/first.txt" "$work/second.txt" --epochs 8 --members 2 "$work/plain:$work/plain:split"
blind="$work/first.txt:$work/second.txt" known="$out/roles.txt:$out/roles-in-context.txt"
times() { for _ in $(seq "$1"); do echo "$2"; done; }
# shellcheck disable=SC2046 # one argument for each time
"$bin/train_heads" "$out/heads.txt" --note "$note" \
    $(times 6 "$blind:$made") $(times 4 "$known:$made") $(times 30 "$blind:$real") $(times 10 "$known:$real") \
    $(times 10 "$blind:$ours") $(times 5 "$known:$ours") "$blind:$work/other:$work/other"
# shellcheck disable=SC2046
"$bin/train_joins" "$out/joins.txt" --note "$note" \
    "$blind:$out/heads.txt:$made" $(times 10 "$blind:$out/heads.txt:$real") $(times 5 "$known:$out/heads.txt:$real") \
    $(times 3 "$blind:$out/heads.txt:$ours") "$known:$out/heads.txt:$ours" "$known:$out/heads.txt:$made" \
    "$blind:$out/heads.txt:$work/other:$work/other"
"$bin/train_sure" "$out/sure.txt" --note "$note" \
    "$blind:$out/heads.txt:$out/joins.txt:$made" "$blind:$out/heads.txt:$out/joins.txt:$real" \
    "$blind:$out/heads.txt:$out/joins.txt:$ours"
