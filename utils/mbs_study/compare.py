# SPDX-License-Identifier: GPL-2.0-only
"""Does the runs of a study again and says what differs: versions, files, metrics, attributes."""

import csv
import json
import os
import shutil

from . import metrics
from .command import counts_in, study_in
from .misuse import Misuse, say
from .runs import open_folder, runs_of
from .sweep import Sweep

# In the folder of the new results while they are not all there: with what they are made.
UNFINISHED = "unfinished.json"
# So many differences of each kind are shown; all of them are in compare.json.
SHOWN = 10


def spread(items, count):
    """So many items, from all parts of a list."""
    if count is None or count >= len(items):
        return items
    return [items[index * len(items) // count] for index in range(count)]


def attributes(path):
    """The attributes in a file, by name."""
    try:
        with open(path, newline="", encoding="utf-8") as file:
            return dict(row for row in csv.reader(file) if len(row) == 2)
    except OSError:
        return {}


def changed(before, after):
    """Names whose values differ, with both."""
    return {name: [before.get(name), after.get(name)] for name in sorted({*before, *after})
            if before.get(name) != after.get(name)}


def differences(old, new, run, warmup):
    """What differs between two records of a run; nothing where it is the same."""
    before, after = old.result(run, warmup), new.result(run, warmup)
    if after is None:
        return {"missing": True}
    found = {}
    files = changed(before["hashes"], after["hashes"])
    if files:
        found["files"] = sorted(files)

    def results(record):
        return {name: value for name, value in record["metrics"].items()
                if not metrics.CATALOGUE[name][2]}

    values = changed(results(before), results(after))
    if values:
        found["metrics"] = values
    if before["attributes"] != after["attributes"]:
        found["attributes"] = changed(
            attributes(old.at("attributes", f"{before['attributes']}.csv")),
            attributes(new.at("attributes", f"{after['attributes']}.csv")))
    made = changed({**before["provenance"], "command_line": None},
                   {**after["provenance"], "command_line": None})
    if made:
        found["provenance"] = made
    return found


def show(name, entries):
    """A few of what differs."""
    for key, (before, after) in list(entries.items())[:SHOWN]:
        print(f"  {name} {key}: was {before}, is {after}")
    if len(entries) > SHOWN:
        print(f"  and {len(entries) - SHOWN} more of this kind")


def tell(study, runs, found):
    """Says what differs; whether anything does beside versions."""
    made = {}
    for entry in found.values():
        made.update(entry.get("provenance", {}))
    if made:
        print("Made with other versions:")
        show("provenance", made)
    wrong = 0
    same = sum(not {"files", "missing"} & set(found.get(run.id, {})) for run in runs)
    for run in runs:
        entry = {key: value for key, value in found.get(run.id, {}).items() if key != "provenance"}
        if not entry:
            continue
        wrong += 1
        if wrong > SHOWN:
            continue
        print(f"Run {run.id} ({study.label(study.points[run.point])}, RngRun {run.rng_run}) differs:")
        if entry.get("missing"):
            print("  it failed this time")
        if entry.get("files"):
            print(f"  files {', '.join(entry['files'])}")
        show("metric", entry.get("metrics", {}))
        show("attribute", entry.get("attributes", {}))
    if wrong > SHOWN:
        print(f"and {wrong - SHOWN} more runs")
    print(f"{same} of {len(runs)} runs gave the same files, octet by octet, as before")
    return wrong > 0


def run(arguments):
    """./mbs compare DIR: exit status 1 if anything differs."""
    old = open_folder(arguments.folder)
    study, _ = study_in(old)
    study.check_program()
    there = [run for run in runs_of(study, counts_in(study, old))
             if old.result(run, study.warmup) is not None]
    if not there:
        raise Misuse(f"{old.path}: no run is complete; ./mbs sweep does them")
    chosen = spread(there, arguments.runs)
    again = old.at("again")
    work = Sweep(study, again, arguments.jobs)
    # A comparison that was interrupted goes on. One that was not is done anew: it has to show that
    # the programs do the same once more.
    interrupted = work.folder.read_json(UNFINISHED)
    if interrupted is None or interrupted != work.origin:
        shutil.rmtree(again, ignore_errors=True)
    work.begin()
    work.folder.write(UNFINISHED, json.dumps(work.origin) + "\n")
    missing = [run for run in chosen if work.folder.result(run, study.warmup) is None]
    say(f"doing {len(chosen)} of {len(there)} runs again"
        + (f"; {len(chosen) - len(missing)} of them were done before it was interrupted"
           if len(missing) < len(chosen) else ""))
    if missing:
        work.do(missing)
    os.remove(work.folder.at(UNFINISHED))
    found = {}
    for entry in chosen:
        what = differences(old, work.folder, entry, study.warmup)
        if what:
            found[entry.id] = what
    old.write("compare.json", json.dumps(found, indent=1, sort_keys=True) + "\n")
    differs = tell(study, chosen, found)
    if differs:
        print(f"The new results are in {again}, all differences in {old.at('compare.json')}")
    else:
        shutil.rmtree(again, ignore_errors=True)
    return 1 if differs else 0
