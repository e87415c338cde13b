# SPDX-License-Identifier: GPL-2.0-only
"""The runs of a study, and the folder that their results are in.

    DIR/study.toml     the study, as it was read
    DIR/origin.json    what the program was made from
    DIR/runs/<id>/     a run's result files and run.json; it is there when it is complete
    DIR/failed/<id>.json  a run that failed
    DIR/attributes/<hash>.csv  the attributes of runs, each set once
    DIR/snakemake/     lists for Snakemake, and its logs
"""

import hashlib
import json
import os

from . import metrics, quantities
from .misuse import Misuse

RUN = "run.json"


def words_of(record):
    """Program and options of a run, for a shell."""
    return " ".join(quote(word) for word in [record["program"], *record["words"]])


def command_of(record, out="results/again"):
    """The command that repeats a run, for a shell."""
    return f"./mbs run {words_of(record)} --out={out}"


def quote(word):
    """A word as a shell takes it."""
    safe = all(letter.isalnum() or letter in "-_=./:,+%@" for letter in word)
    return word if safe else "'" + word.replace("'", "'\\''") + "'"


class Run:
    """One run: a point of the study and a replication."""

    def __init__(self, program, point, options, replication, rng_run):
        self.program = program
        self.point = point
        self.options = options
        self.replication = replication
        self.rng_run = rng_run
        text = json.dumps([program, sorted(options.items()), rng_run])
        self.id = hashlib.sha256(text.encode()).hexdigest()[:16]

    def words(self):
        """The command line without where results go."""
        return [*quantities.words(self.options), f"--RngRun={self.rng_run}"]

    def task(self):
        """What the batch has to know, as JSON."""
        return {"id": self.id, "program": self.program, "words": self.words(),
                "point": self.point, "replication": self.replication, "rng_run": self.rng_run}


def runs_of(study, counts):
    """The runs of a study with so many replications of each point."""
    return [Run(study.program, index, point, replication, study.first_run + replication)
            for index, point in enumerate(study.points)
            for replication in range(counts[index])]


class Folder:
    """The folder of a study."""

    def __init__(self, path):
        self.path = path

    def at(self, *parts):
        """A path in the folder."""
        return os.path.join(self.path, *parts)

    def make(self):
        """Makes the folder and those in it."""
        try:
            for name in ("runs", "failed", "attributes", "snakemake", "figures"):
                os.makedirs(self.at(name), exist_ok=True)
        except OSError as error:
            raise Misuse(f"--out={self.path}: cannot be made ({error.strerror})") from None

    def write(self, name, text):
        """Writes a file in one step: it is there whole or not at all."""
        path = self.at(name)
        try:
            with open(path + ".part", "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(path + ".part", path)
        except OSError as error:
            if os.path.exists(path + ".part"):
                os.remove(path + ".part")
            # Of a full disk Python does not say which file it was.
            raise OSError(error.errno, error.strerror, path) from None

    def read_json(self, *parts):
        """A JSON file, or None if it is missing or broken."""
        try:
            with open(self.at(*parts), encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            return None

    def result(self, run, warmup):
        """The record of a complete run whose metrics have this warm-up, or None."""
        record = self.read_json("runs", run.id, RUN)
        if record is None:
            return None
        # A study that was changed may have the run at another place.
        record["point"], record["replication"] = run.point, run.replication
        if record["warmup"] != warmup or record["catalogue"] != len(metrics.CATALOGUE):
            folder = self.at("runs", run.id)
            try:
                record["metrics"] = {**record["cost"], **metrics.measure(folder, warmup)}
            except (OSError, KeyError):
                return None
            record["warmup"] = warmup
            record["catalogue"] = len(metrics.CATALOGUE)
            self.write(os.path.join("runs", run.id, RUN), json.dumps(record, indent=1) + "\n")
        return record

    def failures(self):
        """The records of runs that failed, by identity."""
        found = {}
        if not os.path.isdir(self.at("failed")):
            return found
        for name in sorted(os.listdir(self.at("failed"))):
            record = self.read_json("failed", name)
            if record is not None and name.endswith(".json"):
                found[record["id"]] = record
        return found


def open_folder(path):
    """A folder that a sweep has written; Misuse if it is none."""
    if not os.path.isdir(path):
        raise Misuse(f"{path}: no such folder; ./mbs sweep STUDY --out={path} makes it")
    if not os.path.exists(os.path.join(path, "study.toml")):
        raise Misuse(f"{path}: holds no study; ./mbs sweep STUDY --out={path} makes one")
    return Folder(path)
