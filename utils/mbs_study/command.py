# SPDX-License-Identifier: GPL-2.0-only
"""The commands: what ./mbs sweep and its kin do."""

import argparse
import json
import os
import re
import signal
import sys

from .misuse import Interrupted, Misuse, nearest
from .results import Results
from .runs import Folder, command_of, open_folder, runs_of
from .study import Study
from .sweep import Sweep

# Of all commands, to find the one that was meant.
OPTIONS = ("--dry-run", "--fresh", "--jobs", "--out", "--profile", "--runs", "--strict")


def default_out(study):
    """The folder of a study, unless another is given."""
    return os.path.join("results", study.name)


def refuse_namesake(study, folder):
    """The folder of a name is that of one study: another file of the same name gets another one."""
    named = folder.read_json("name.json") or {}
    other = named.get("file")
    if not other or os.path.realpath(study.where) == other:
        return
    try:
        with open(other, encoding="utf-8-sig") as file:
            if file.read() == study.text:
                return
    except (OSError, UnicodeDecodeError):
        # It was moved, perhaps here.
        return
    raise Misuse(f"{study.where}: {folder.path} has the results of {other}, another study of the same "
                 "name; give a folder with --out=DIR")


def counts_in(study, folder):
    """How many replications of each point a folder has: up to the last that is complete."""
    counts = [study.replications] * len(study.points)
    for run in runs_of(study, [study.limit] * len(study.points)):
        if os.path.exists(folder.at("runs", run.id, "run.json")):
            counts[run.point] = max(counts[run.point], run.replication + 1)
    return counts


def study_in(folder):
    """The study of a folder and its results so far."""
    # The copy in the folder is always called study.toml.
    named = folder.read_json("name.json") or {}
    study = Study(folder.at("study.toml"), named.get("name"))
    return study, Results(study, folder, counts_in(study, folder))


def show_failures(failures):
    """Lists failed runs with the command that repeats each."""
    shown = failures[:20]
    for record in shown:
        print(f"mbs: a run failed: {record['problem']}; repeat it with\n  {command_of(record)}",
              file=sys.stderr)
    if len(failures) > len(shown):
        print(f"mbs: and {len(failures) - len(shown)} more, see the folder failed/",
              file=sys.stderr)


def finish(study, folder, counts):
    """Writes tables and figures of what is there, and shows the table."""
    from . import figures

    results = Results(study, folder, counts)
    results.write()
    written, problems = figures.draw_all(study, results, folder)
    print(results.markdown(), end="")
    disagreeing = [row for row in results.comparisons() if not row["agrees"]]
    agreeing = len(results.comparisons()) - len(disagreeing)
    if agreeing or disagreeing:
        print(f"Closed forms: {agreeing} of {agreeing + len(disagreeing)} agree.")
    for row in disagreeing:
        print(f"mbs: {row['metric']} at point {row['point']} ({study.label(study.points[row['point']])})"
              f" is {row['mean']:g} +- {row['half']:g}, the closed form says {row['expected']:g}",
              file=sys.stderr)
    for name in written:
        print(f"Figure: {name}")
    for problem in problems:
        print(f"mbs: {problem}", file=sys.stderr)
    print(f"Results are in {folder.path}: results.csv, results.sqlite, table.md, table.tex")
    return disagreeing, problems


def sweep(arguments):
    """./mbs sweep STUDY"""
    study = Study(arguments.study).check_program()
    out = arguments.out or default_out(study)
    if arguments.dry_run:
        runs = runs_of(study, [study.replications] * len(study.points))
        print(f"{len(study.points)} points, {len(runs)} runs"
              + (f", at most {len(study.points) * study.limit}" if study.precision else ""))
        for index, point in enumerate(study.points):
            print(f"  {index}: {study.label(point)}")
        return 0
    if not arguments.out:
        refuse_namesake(study, Folder(out))
    work = Sweep(study, out, arguments.jobs, arguments.profile)
    work.begin(arguments.fresh)
    work.folder.write("name.json", json.dumps({"name": study.name,
                                               "file": os.path.realpath(study.where)}) + "\n")
    work.counts = counts_in(study, work.folder)
    failed = work.run()
    try:
        disagreeing, problems = finish(study, work.folder, work.counts)
    finally:
        # Last, where they are seen, and also if there is no room for the tables.
        show_failures(failed)
    return 1 if failed or problems or (disagreeing and arguments.strict) else 0


def plot(arguments):
    """./mbs plot DIR, of a study"""
    from . import figures

    folder = open_folder(arguments.folder)
    study, results = study_in(folder)
    written, problems = figures.draw_all(study, results, folder)
    for name in written:
        print(name)
    for problem in problems:
        print(f"mbs plot: {problem}", file=sys.stderr)
    return 1 if problems else 0


def report(arguments):
    """./mbs report DIR, of a study or a run"""
    from . import page

    print(page.write(arguments.folder, arguments.out))
    return 0


def compare(arguments):
    """./mbs compare DIR"""
    from . import compare as comparison

    return comparison.run(arguments)


def count(text):
    """A positive number on the command line."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,5}", text):
        raise argparse.ArgumentTypeError(
            f"'{text}' must be a number from 1 to 999999; for example 2")
    return int(text)


class Parser(argparse.ArgumentParser):
    """As argparse has it, but what is wrong ends with one sentence and status 1."""

    def error(self, message):
        wrong = re.match(r"unrecognized arguments: (--[^=\s]+)", message)
        near = nearest(wrong[1], OPTIONS) if wrong else None
        print(f"{self.prog}: {message}" + (f"; did you mean {near}?" if near else ""),
              file=sys.stderr)
        sys.exit(1)


def parser():
    """The command line."""
    top = Parser(prog="mbs", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    one = commands.add_parser("sweep", help="do the runs of a study, and its tables and figures")
    one.add_argument("study", metavar="STUDY", help="such as studies/latency-vs-group-size.toml")
    one.add_argument("--out", metavar="DIR", help="folder for the results [results/NAME]")
    one.add_argument("--jobs", type=count, metavar="N", help="runs at a time [number of cores]")
    one.add_argument("--profile", metavar="NAME",
                     help="where runs are done: slurm, or the folder of a Snakemake profile")
    one.add_argument("--dry-run", action="store_true", help="check the study and list its points")
    one.add_argument("--fresh", action="store_true", help="throw away what the folder has")
    one.add_argument("--strict", action="store_true",
                     help="end with status 1 if a closed form is not met")
    one.set_defaults(function=sweep)
    one = commands.add_parser("plot", help="draw the figures of a study again")
    one.add_argument("folder", metavar="DIR")
    one.set_defaults(function=plot)
    one = commands.add_parser("report", help="make one HTML file of a study or a run")
    one.add_argument("folder", metavar="DIR")
    one.add_argument("--out", metavar="FILE", help="the file [DIR/report.html]")
    one.set_defaults(function=report)
    one = commands.add_parser("compare", help="do the runs of a study again and say what differs")
    one.add_argument("folder", metavar="DIR")
    one.add_argument("--jobs", type=count, metavar="N", help="runs at a time [number of cores]")
    one.add_argument("--runs", type=count, metavar="N", help="compare so many runs [all]")
    one.set_defaults(function=compare)
    return top


def main(words=None):
    """Runs a command: exit status."""
    told = [signal.SIGINT]

    def end(number, _):
        told[0] = number
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        # The terminal was closed; under nohup that is ignored.
        signal.signal(signal.SIGHUP, end)
    for stream in (sys.stdout, sys.stderr):
        # Tables have a plus-minus sign, and names of files may have anything.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = parser().parse_args(words)
    try:
        return arguments.function(arguments)
    except Misuse as error:
        print(f"mbs {arguments.command}: {error}", file=sys.stderr)
        return 1
    except (Interrupted, KeyboardInterrupt) as error:
        print(f"mbs {arguments.command}: {str(error) or 'interrupted'}", file=sys.stderr)
        # As shells have it: 130 after Ctrl-C.
        return 128 + told[0]
    except BrokenPipeError:
        return 1
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        print(f"mbs {arguments.command}: {name}{error.strerror or error}; what is complete is kept, and "
              "the same command goes on when that is mended", file=sys.stderr)
        return 1
