#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""Runs a few runs of a study one after the other: what a job of Snakemake does.

    batch.py LIST DONE

LIST is a JSON file that the sweep wrote. Runs that are complete are left alone. A run grows in a
folder of another name and gets its own when all is there, so that what was killed is no result.
DONE is made at the end. The exit status is 1 if a run failed; the others are done all the same.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from mbs_study import metrics, program  # noqa: E402  (after the path is set)

# Of summary.json, what differs between two equal runs.
VOLATILE = (("performance", None), ("provenance", "command_line"))


def canonical(path):
    """The octets of a result file that must be equal in equal runs."""
    with open(path, "rb") as file:
        octets = file.read()
    if os.path.basename(path) != "summary.json":
        return octets
    summary = json.loads(octets)
    for part, key in VOLATILE:
        if key is None:
            summary.pop(part, None)
        else:
            summary.get(part, {}).pop(key, None)
    # Versions are compared by themselves.
    summary.pop("provenance", None)
    return json.dumps(summary, sort_keys=True).encode()


def hashes(folder):
    """SHA-256 of each result file of a run."""
    return {name: hashlib.sha256(canonical(os.path.join(folder, name))).hexdigest()
            for name in sorted(os.listdir(folder)) if os.path.isfile(os.path.join(folder, name))}


def execute(command, log):
    """Runs a program: (exit status, processor seconds, wall seconds, largest memory in octets)."""
    begin = time.monotonic()
    with open(log, "wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors,
                                   stdin=subprocess.DEVNULL)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
    process.returncode = os.waitstatus_to_exitcode(status)
    return (process.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - begin,
            usage.ru_maxrss * 1024)


def share_attributes(study, folder):
    """Moves attributes.csv to where each set of attributes is kept once; its hash."""
    path = os.path.join(folder, "attributes.csv")
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        lines = file.read().split(b"\n")
    # The number of the run is no attribute of the point.
    text = b"\n".join(line for line in lines if not line.startswith(b"RngRun,"))
    name = hashlib.sha256(text).hexdigest()
    target = os.path.join(study, "attributes", name + ".csv")
    if not os.path.exists(target):
        with open(target + f".{os.getpid()}", "wb") as file:
            file.write(text)
        os.replace(target + f".{os.getpid()}", target)
    os.remove(path)
    return name


def is_complete(folder):
    """Whether a run's folder has its record, whole."""
    try:
        with open(os.path.join(folder, "run.json"), encoding="utf-8") as file:
            json.load(file)
        return True
    except (OSError, ValueError):
        return False


class BuiltAnew(Exception):
    """The program was built anew while it was run: what it wrote is of no known build."""


def run(study, task, settings):
    """Runs one run; None, or the record of its failure."""
    final = os.path.join(study, "runs", task["id"])
    if is_complete(final):
        return None
    # Its record is broken, as after a crash of the machine.
    shutil.rmtree(final, ignore_errors=True)
    folder = f"{final}.{os.getpid()}.part"
    log = f"{folder}.log"
    command = [settings["path"], *task["words"], "--quiet", f"--out={folder}"]
    try:
        status, cpu, wall, memory = execute(command, log)
        with open(log, encoding="utf-8", errors="replace") as file:
            said = file.read().strip()
        problem = said.splitlines()[-1] if said and status != 0 else None
        if program.built_anew(settings["stamps"]):
            raise BuiltAnew
        if status < 0:
            problem = f"ended by signal {-status}"
        elif status > 0:
            problem = problem or f"ended with status {status}"
        else:
            with open(os.path.join(folder, "summary.json"), encoding="utf-8") as file:
                summary = json.load(file)
            if summary["traffic"]["conserved"] is not True:
                problem = "its packets are not conserved"
        if problem:
            return {**task, "status": status, "problem": problem, "said": said[-4000:]}
        cost = {"cpu_s": cpu, "wall_s": wall, "peak_rss_bytes": memory}
        record = {**task, "warmup": settings["warmup"], "catalogue": len(metrics.CATALOGUE),
                  "provenance": summary["provenance"], "cost": cost, "warnings": said,
                  "attributes": share_attributes(study, folder), "hashes": hashes(folder),
                  "metrics": {**cost, **metrics.measure(folder, settings["warmup"])}}
        if settings["keep"] != "all":
            for name in os.listdir(folder):
                if name not in settings["keep"]:
                    os.remove(os.path.join(folder, name))
        with open(os.path.join(folder, "run.json"), "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
        try:
            os.rename(folder, final)
        except OSError:
            # What a killed sweep left running may have been here first.
            if not is_complete(final):
                raise
        return None
    except (OSError, ValueError, KeyError) as error:
        return {**task, "status": 0, "problem": f"its results cannot be read ({error})", "said": ""}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if os.path.exists(log):
            os.remove(log)


def is_current(study, token):
    """Whether the sweep that wrote the list is still the last one of this folder."""
    try:
        with open(os.path.join(study, "snakemake", "token"), encoding="utf-8") as file:
            return file.read() == token
    except OSError:
        return False


def main(arguments):
    """Does the runs of a list."""
    with open(arguments[0], encoding="utf-8") as file:
        settings = json.load(file)
    study = settings["study"]
    failed = 0
    for task in settings["tasks"]:
        if not is_current(study, settings["token"]):
            # A later sweep has begun; this one was left over by one that was killed.
            return 1
        failure = os.path.join(study, "failed", task["id"] + ".json")
        try:
            problem = run(study, task, settings)
        except BuiltAnew:
            # The sweep says so.
            return 1
        if problem is None:
            if os.path.exists(failure):
                os.remove(failure)
        elif is_current(study, settings["token"]):
            failed += 1
            try:
                with open(failure + ".part", "w", encoding="utf-8") as file:
                    json.dump(problem, file, indent=1)
                os.replace(failure + ".part", failure)
            except OSError:
                # Not even the failure can be kept, as on a full disk.
                if os.path.exists(failure + ".part"):
                    os.remove(failure + ".part")
                raise
    if not is_current(study, settings["token"]):
        return 1
    with open(arguments[1], "w", encoding="utf-8"):
        pass
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
