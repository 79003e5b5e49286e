#!/usr/bin/env python3
"""Measure reconstruction against pages with known answers and compare with the floor that the repository keeps.

usage: scripts/score.py [BAOKU] [--shared FOLDER] [--raise]

The pages lie outside the repository, in ../shared (or --shared): `eval/score.py` measures, `gold` has the answers for
`dumps`, `pages` has both; the repository's own sample pages are measured with the same program. Without it there is
nothing to measure, and that is said. The floor, `.ci/score_floor.json`, only rises: --raise lifts every measure that has
become better (less a hair for ties that fall the other way).

Exit status: 0 no measure below its floor (or nothing to measure), 1 something fell below, 2 cannot measure.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FLOOR = os.path.join(ROOT, ".ci", "score_floor.json")
PLACES = os.path.join(ROOT, "assets", "places", "pinghu.toml")
SMALLER_IS_BETTER = {"body_cer"}
SLACK = 0.002
HARD = {"coverage"}  # must never give way, not even by a hair
# Pages of other newspapers, from which nothing is learned. They are measured together, and each folder by itself.
UNSEEN = ("unseen", "unseen-torn", "unseen-later")
# Of some twenty pages these have too few cases to tell better from worse: they have a floor where all are measured together.
TOGETHER_ONLY = {"section", "kind", "byline_f1"}
SMALL = {"unseen-torn", "unseen-later"}


def sets(shared):
    """Name, folder of answers, folder of dumps and place list of every set."""
    pages = os.path.join(shared, "pages")
    yield "dumps", os.path.join(shared, "gold"), os.path.join(shared, "dumps"), PLACES
    yield "pages", pages, pages, os.path.join(pages, "places.toml")
    samples = os.path.join(ROOT, "assets", "samples")
    yield "samples", os.path.join(ROOT, "tests", "data", "samples"), samples, os.path.join(samples, "places.toml")
    # The place list does not matter for those.
    with tempfile.TemporaryDirectory() as every:
        for name in UNSEEN:
            unseen = os.path.join(ROOT, "tests", "data", name)
            for file in os.listdir(unseen):
                os.symlink(os.path.join(unseen, file), os.path.join(every, f"{name}-{file}"))
            yield name, unseen, unseen, os.path.join(samples, "places.toml")
        yield "unseen, all", every, every, os.path.join(samples, "places.toml")


def measure(shared, baoku, gold, dumps, places):
    """The measures of one set, as the shared program prints them."""
    run = f"{shlex.quote(baoku)} reconstruct {{}} --places {shlex.quote(places)} --json"
    command = [sys.executable, os.path.join(shared, "eval", "score.py"), gold, "--run", run, dumps, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(done.stderr.strip()[-800:] or "the score program printed nothing")
    if done.stderr.strip():
        raise RuntimeError(done.stderr.strip()[-800:])
    return json.loads(done.stdout)


def is_below(name, value, floor):
    """Whether a measure is worse than its floor."""
    return value > floor if name in SMALLER_IS_BETTER else value < floor


def lifted(name, value, floor):
    """The floor after a run that measured `value`; never worse than before."""
    if name in SMALLER_IS_BETTER:
        return min(floor, round(value + SLACK, 4))
    return max(floor, value if name in HARD else round(max(value - SLACK, 0.0), 4))


def main():
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("baoku", nargs="?", default=os.path.join(target, "debug", "baoku"))
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floor to what is measured")
    args = parser.parse_args()

    shared = os.path.realpath(args.shared)
    if not os.path.exists(os.path.join(shared, "eval", "score.py")):
        print(f"score: skipped, no pages with answers in {args.shared}")
        return 0
    with open(FLOOR, encoding="utf-8") as file:
        floors = json.load(file)

    below = 0
    for name, gold, dumps, places in sets(shared):
        try:
            measured = measure(shared, os.path.abspath(args.baoku), gold, dumps, places)
        except RuntimeError as err:
            print(f"score: {name}: {err}", file=sys.stderr)
            return 2
        print(f"score: {name}, {measured.pop('dumps')} dumps")
        floor = floors.setdefault(name, {})
        for key, value in measured.items():
            if name in SMALL and key in TOGETHER_ONLY:
                print(f"  {key:10} {value:.4f}  see all unseen ones together")
                continue
            worst = float("inf") if key in SMALLER_IS_BETTER else 0.0
            bound = floor.get(key, worst)
            fell = is_below(key, value, bound)
            below += fell
            shown = f"{bound:.4f}" if key in floor else "none"
            print(f"  {key:10} {value:.4f}  floor {shown}" + ("  BELOW" if fell else ""))
            if args.lift:
                floor[key] = lifted(key, value, bound)
        for key in sorted(set(floor) - set(measured)):
            print(f"  {key:10} not measured any more  BELOW")
            below += 1
    if args.lift:
        with open(FLOOR, "w", encoding="utf-8") as file:
            json.dump(floors, file, indent=2)
            file.write("\n")
    print(f"score: {below} measures below the floor" if below else "score: nothing below the floor")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
