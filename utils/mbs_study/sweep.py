# SPDX-License-Identifier: GPL-2.0-only
"""Has the missing runs of a study done by Snakemake, in rounds until it is precise enough."""

import fcntl
import json
import math
import os
import shutil
import subprocess
import sys
import time
import uuid

from . import intervals, program
from .misuse import Interrupted, Misuse, say
from .runs import Folder, runs_of

HERE = os.path.dirname(os.path.abspath(__file__))
# A batch is short enough that the last ones keep all cores busy, and long enough that a job of
# Snakemake (tens of ms here, seconds on a cluster) is little beside its runs.
BATCHES_PER_JOB = 12
LARGEST_BATCH = 50


class Sweep:
    """The runs of a study in a folder."""

    def __init__(self, study, out, jobs=None, profile=None):
        self.study = study
        self.folder = Folder(out)
        self.jobs = jobs or os.cpu_count() or 1
        self.profile = profile_folder(profile) if profile else None
        self.origin = study.description.origin()
        self.counts = [study.replications] * len(study.points)
        self.lock = None

    def begin(self, fresh=False):
        """Takes the folder: one sweep at a time, and results of one build only."""
        if os.path.isdir(self.folder.path) and os.listdir(self.folder.path) and \
                not os.path.exists(self.folder.at("study.toml")):
            raise Misuse(f"--out={self.folder.path}: holds something else; give another folder")
        self.folder.make()
        self.lock = open(self.folder.at("snakemake", "lock"), "w", encoding="utf-8")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Misuse(f"--out={self.folder.path}: another sweep is at work there") from None
        self.token = uuid.uuid4().hex
        self.folder.write("snakemake/token", self.token)
        # Lists are in a folder of this sweep alone: Snakemake may have outlived a sweep that was
        # killed, and must not take these lists for its own.
        for name in os.listdir(self.folder.at("snakemake")):
            if os.path.isdir(self.folder.at("snakemake", name)):
                shutil.rmtree(self.folder.at("snakemake", name), ignore_errors=True)
        if fresh:
            for name in ("runs", "failed", "attributes"):
                shutil.rmtree(self.folder.at(name), ignore_errors=True)
            self.folder.make()
        for name in os.listdir(self.folder.at("runs")):
            # What an earlier sweep was killed at.
            if ".part" in name:
                path = self.folder.at("runs", name)
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        origin = self.folder.read_json("origin.json")
        if origin is not None and origin != self.origin and os.listdir(self.folder.at("runs")):
            key = next(key for key in self.origin if origin.get(key) != self.origin[key])
            what = "the programs as they were before they were built anew" if key == "build" else \
                f"{key} {origin.get(key)}, this build has {self.origin[key]}"
            raise Misuse(f"--out={self.folder.path}: its runs were made with {what}, and results "
                         "of two builds do not mix; give another --out, or --fresh to begin anew")
        self.folder.write("origin.json", json.dumps(self.origin, indent=1) + "\n")
        self.folder.write("study.toml", self.study.text)

    def runs(self):
        """All runs of the study as far as it goes."""
        return runs_of(self.study, self.counts)

    def missing(self):
        """The runs that have no result yet."""
        return [run for run in self.runs()
                if self.folder.result(run, self.study.warmup) is None]

    def do(self, missing):
        """Has runs done; the records of those that failed, in the order of the study."""
        status = self.start(missing)
        still = [run.id for run in missing if self.folder.result(run, self.study.warmup) is None]
        if still and program.built_anew(self.study.stamps):
            raise Misuse(f"{self.study.program} was built anew while its runs were done; "
                         f"{len(missing) - len(still)} of {len(missing)} are of the build before and "
                         f"are kept in {self.folder.path}; give another --out, or --fresh to begin anew")
        failures = self.folder.failures()
        failed = [failures[identity] for identity in still if identity in failures]
        if len(failed) < len(still):
            left = shutil.disk_usage(self.folder.path).free
            raise Misuse(f"Snakemake ended with status {status} before all runs were done; "
                         f"its log is {self.folder.at('snakemake', 'snakemake.log')}"
                         + (f"; {left // 1000} kB are left on that disk" if left < 10e6 else ""))
        return failed

    def start(self, missing):
        """Has runs done by Snakemake: its exit status. Those that fail are left without a result."""
        for name in ("batches", "done"):
            shutil.rmtree(self.folder.at("snakemake", self.token, name), ignore_errors=True)
            os.makedirs(self.folder.at("snakemake", self.token, name))
        # A cluster's job costs seconds, so that there are fewer and longer ones.
        batches = self.jobs * (3 if self.profile else BATCHES_PER_JOB)
        size = max(1, min(LARGEST_BATCH, len(missing) // batches))
        for begin in range(0, len(missing), size):
            batch = {"study": os.path.abspath(self.folder.path), "token": self.token,
                     "path": program.path_of(self.study.program), "stamps": self.study.stamps,
                     "warmup": self.study.warmup,
                     "keep": self.study.keep,
                     "tasks": [run.task() for run in missing[begin:begin + size]]}
            self.folder.write(f"snakemake/{self.token}/batches/{begin // size:05d}.json", json.dumps(batch))
        command = ["snakemake", "--snakefile", os.path.join(HERE, "Snakefile"),
                   "--directory", self.folder.at("snakemake", self.token), "--keep-going", "--nolock",
                   "--scheduler", "greedy", "--rerun-triggers", "mtime", "--quiet", "all",
                   "--config", f"script={os.path.join(HERE, 'batch.py')}"]
        if self.profile:
            command += ["--profile", self.profile, "--jobs", str(self.jobs)]
        else:
            command += ["--cores", str(self.jobs)]
        # Lists of file names that changed are no news here.
        with open(self.folder.at("snakemake", "snakemake.log"), "ab") as log:
            try:
                # Snakemake makes a folder for sources it has fetched, of which there are none here;
                # not everybody on a cluster or in a container has a home to make it in.
                cache = self.folder.at("snakemake", self.token, "cache")
                process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                           env={**os.environ, "XDG_CACHE_HOME": os.path.abspath(cache)})
            except FileNotFoundError:
                raise Misuse("there is no snakemake, which does the runs of studies; "
                             "utils/install-packages sweep installs it") from None
            try:
                self.watch(process, missing)
            except KeyboardInterrupt:
                # Who was told alone, by kill, has to tell the others: no job begins, and batches
                # end after the run that they are at.
                self.folder.write("snakemake/token", "")
                process.terminate()
                say("interrupted; runs that have begun end first, unless it is interrupted again")
                try:
                    process.wait()
                except KeyboardInterrupt:
                    process.kill()
                done = sum(os.path.exists(self.folder.at("runs", run.id)) for run in missing)
                raise Interrupted(f"interrupted: {done} of {len(missing)} missing runs were done and "
                                  f"are kept in {self.folder.path}; the same command goes on with "
                                  "the others") from None
        return process.returncode

    def watch(self, process, missing):
        """Says how far it is until Snakemake ends."""
        shown = time.monotonic()
        tty = sys.stderr.isatty()
        waiting = list(missing)
        while True:
            try:
                process.wait(1.0 if tty else 5.0)
                break
            except subprocess.TimeoutExpired:
                waiting = [run for run in waiting
                           if not os.path.exists(self.folder.at("runs", run.id))]
                done = len(missing) - len(waiting)
                if tty:
                    print(f"\r{done} of {len(missing)} runs ", end="", file=sys.stderr, flush=True)
                elif time.monotonic() - shown >= 30:
                    shown = time.monotonic()
                    say(f"{done} of {len(missing)} runs are done")
        if tty:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def values(self, metric):
        """The values of a metric, a list for each point."""
        found = [[] for _ in self.study.points]
        for run in self.runs():
            record = self.folder.result(run, self.study.warmup)
            if record and metric in record["metrics"]:
                found[run.point].append(record["metrics"][metric])
        return found

    def more(self):
        """Raises the number of runs of points that are not precise enough; whether any was."""
        wanted = list(self.counts)
        for metric, (target, relative) in self.study.precision.items():
            for point, values in enumerate(self.values(metric)):
                if len(values) < 2:
                    continue
                mean, half = intervals.student(values)
                goal = target * abs(mean) if relative else target
                if half <= goal:
                    continue
                count = self.counts[point]
                # The half-width falls with the root of the number; at most twice as many at once.
                ratio = (half / goal) ** 2 if goal > 0 else math.inf
                need = math.ceil(count * min(ratio * 1.1, 2.0))
                wanted[point] = max(wanted[point], min(max(need, count + 1), self.study.limit))
        grown = wanted != self.counts
        self.counts = wanted
        return grown

    def run(self):
        """Does what is missing, in rounds; returns the failures."""
        begin = time.monotonic()
        round_number = 0
        while True:
            missing = self.missing()
            if missing:
                round_number += 1
                say(f"{len(missing)} runs of {len(self.runs())} are missing"
                    + (f" (round {round_number})" if self.study.precision else "")
                    + f"; {self.jobs} at a time")
                failed = self.do(missing)
                if failed:
                    return failed
            if not self.study.precision or not self.more():
                break
        say(f"{len(self.runs())} runs are there after {time.monotonic() - begin:.1f} s")
        return []


def profile_folder(name):
    """The folder of a Snakemake profile: one of this module's, or a path."""
    own = os.path.join(HERE, "profiles", name)
    if os.path.isdir(own):
        return own
    if os.path.isdir(name):
        return name
    known = os.listdir(os.path.join(HERE, "profiles"))
    raise Misuse(f"--profile={name}: no such profile; these are: {', '.join(sorted(known))}, or the path "
                 "of a folder with a config.yaml")
