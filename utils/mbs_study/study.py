# SPDX-License-Identifier: GPL-2.0-only
"""Reads a study file and checks it against what the program says of itself.

What is wrong is said in one sentence before the first run.
"""

import concurrent.futures
import glob
import itertools
import math
import os
import re
import time
import tomllib

from . import formula, metrics, quantities
from .misuse import Misuse, nearest_beginning, say, unknown
from .program import Description, ask, describe, stamps

KEYS = ("question", "program", "options", "grid", "paired", "list", "replications", "first_run",
        "warmup", "metrics", "precision", "figure", "closed_form", "keep")
FIGURE_KINDS = {
    "parameter": {"x", "y", "by", "log", "height", "only"},
    "latency-by-leg": {"keys", "height", "only"},
    "distribution": {"keys", "log", "height", "only"},
    "loss-over-time": {"keys", "before", "after", "causes", "height", "only"},
    "signalling": {"log", "height", "only"},
    "call-flow": {"keys", "point"},
}
# Result files of each run that figures are drawn from.
FIGURE_FILES = {
    "distribution": ("key-updates.csv",),
    "loss-over-time": ("key-updates.csv", "traffic-over-time.csv"),
    "call-flow": ("key-updates.csv", "messages.csv"),
}
FIGURE_KEYS = {"kind", "name", "title", "width"}
FORM_KEYS = {"metric", "value", "where", "label", "tolerance"}
# These are the sweep's own to give.
RESERVED = ("RngRun", "out", "quiet", "help", "describe", "check", "pcap", "keyLog")
RESULT_FILES = ("summary.json", "key-updates.csv", "traffic-over-time.csv", "signalling.csv",
                "joins.csv")
MAX_RUNS = 100000
# ns-3 takes values from these too, beside the command line by which a run is known.
UNSEEN = ("NS_ATTRIBUTE_DEFAULT", "NS_GLOBAL_VALUE")
# What is written otherwise than people who know the table alone may think.
LISTS = {"metrics": 'a list such as ["loss"]', "list": "a list of tables, each below [[list]]",
         "figure": "a list of tables, each below [[figure]]",
         "closed_form": "a list of tables, each below [[closed_form]]"}
SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                       "studies")


def no_such_study(path):
    """The error for a study's file that is not there."""
    files = [found for folder in (os.path.dirname(path) or ".", SHIPPED)
             for found in sorted(glob.glob(os.path.join(glob.escape(folder), "*.toml")))]
    known = {os.path.basename(found).removesuffix(".toml"): os.path.relpath(found)
             for found in files}
    near = nearest_beginning(os.path.basename(path).removesuffix(".toml"), known)
    hint = f"did you mean {known[near]}?" if near else \
        "these are: " + ", ".join(known[name] for name in sorted(known))
    return Misuse(f"there is no study '{path}'; {hint}")


def expect(where, table, key, kinds, default=None, needed=False):
    """A value of a table, of one of these types."""
    if key not in table:
        if needed:
            raise Misuse(f"{where}: there is no {key}")
        return default
    value = table[key]
    if isinstance(value, bool) and bool not in kinds:
        value = None
    if not isinstance(value, tuple(kinds)):
        names = {str: "text", int: "a whole number", float: "a number", list: "a list",
                 dict: "a table", bool: "true or false"}
        wanted = LISTS.get(key) or " or ".join(names[kind] for kind in kinds)
        raise Misuse(f"{where}: {key} = {table[key]!r} must be {wanted}")
    return value


def seconds(where, key, value):
    """A time of a study in seconds."""
    number = quantities.duration(value)
    if number is None or not 0 <= number < math.inf:
        raise Misuse(f"{where}: {key} = {value!r} must be a time such as \"10s\"")
    return number


class Study:
    """What a study file says."""

    def __init__(self, path, name=None):
        self.where = path
        self.name = name or os.path.basename(path).removesuffix(".toml")
        try:
            # Some editors begin a text with a mark of its encoding.
            with open(path, encoding="utf-8-sig") as file:
                self.text = file.read()
            table = tomllib.loads(self.text)
        except FileNotFoundError:
            raise no_such_study(path) from None
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "is no text"
            raise Misuse(f"{path}: cannot be read ({why}); studies are in studies/") from None
        except RecursionError:
            raise Misuse(f"{path}: is no study: its lists or tables are nested too deeply") from None
        except ValueError as error:
            # Beside what is no TOML: numbers of thousands of digits.
            raise Misuse(f"{path}: is no TOML: {error}") from None
        for key in table:
            if key not in KEYS:
                raise unknown(path, "key", key, KEYS)
        self.question = expect(path, table, "question", [str], "")
        self.program = expect(path, table, "program", [str], "mbs-key-update")
        self.replications = expect(path, table, "replications", [int], 5)
        self.first_run = expect(path, table, "first_run", [int], 1)
        for key, value in (("replications", self.replications), ("first_run", self.first_run)):
            if not 1 <= value <= MAX_RUNS:
                raise Misuse(f"{path}: {key} = {value} must be from 1 to {MAX_RUNS}")
        self.warmup = seconds(path, "warmup", table.get("warmup", "0s"))
        self.points = self.read_points(table)
        self.metrics = self.read_metrics(table)
        self.precision, self.limit = self.read_precision(table)
        self.forms = [self.read_form(entry) for entry in
                      expect(path, table, "closed_form", [list], [])]
        self.figures = self.read_figures(expect(path, table, "figure", [list], []))
        self.keep = expect(path, table, "keep", [str, list], "all")
        self.description = None
        self.stamps = {}

    # ------------------------------------------------------------------------------------ reading

    def read_points(self, table):
        """The points of the study, each a dictionary of texts by name of option."""
        common = expect(self.where, table, "options", [dict], {})
        grid = expect(self.where, table, "grid", [dict], {})
        paired = expect(self.where, table, "paired", [dict], {})
        listed = expect(self.where, table, "list", [list], [])
        for part, values in (("grid", grid), ("paired", paired)):
            for name, entries in values.items():
                if not isinstance(entries, list) or not entries:
                    raise Misuse(f"{self.where}: {part}.{name} must be a list of values")
        lengths = {len(entries) for entries in paired.values()}
        if len(lengths) > 1:
            raise Misuse(f"{self.where}: the lists of [paired] must be as long as each other, not "
                         + " and ".join(str(length) for length in sorted(lengths)))
        if any(not isinstance(entry, dict) for entry in listed):
            raise Misuse(f"{self.where}: [[list]] must be tables of options")
        axes = [[{name: value} for value in entries] for name, entries in grid.items()]
        if paired:
            axes.append([dict(zip(paired, values)) for values in zip(*paired.values())])
        if listed:
            axes.append(listed)
        self.varied = list(grid) + list(paired)
        for entry in listed:
            self.varied += [name for name in entry if name not in self.varied]
        for name in self.varied:
            places = [part for part, found in
                      (("options", common), ("grid", grid), ("paired", paired)) if name in found]
            places += ["list"] if any(name in entry for entry in listed) else []
            if len(places) > 1 and places != ["options", "list"]:
                raise Misuse(f"{self.where}: {name} is in [{places[0]}] and in [{places[1]}]")
        # Before the points are made: a grid of many options has more than memory holds.
        runs = math.prod(len(axis) for axis in axes) * self.replications
        if runs > MAX_RUNS:
            raise Misuse(f"{self.where}: that is {runs} runs; at most {MAX_RUNS} are possible")
        points = []
        for combination in itertools.product(*axes):
            point = dict(common)
            for part in combination:
                point.update(part)
            for name, value in point.items():
                entries = value if isinstance(value, list) else [value]
                if not entries or any(isinstance(entry, (list, dict)) for entry in entries):
                    raise Misuse(f"{self.where}: {name} = {value!r} must be one value")
                if "\0" in f"{name}{value}":
                    raise Misuse(f"{self.where}: {name} = {value!r} has a character that no command "
                                 "line can hold; leave it out")
            points.append({name: quantities.text(value) for name, value in point.items()})
        if len({tuple(sorted(point.items())) for point in points}) < len(points):
            raise Misuse(f"{self.where}: two points of the study are the same")
        return points

    def read_metrics(self, table):
        """The metrics wanted in the tables."""
        wanted = expect(self.where, table, "metrics", [list], needed=True)
        if not wanted:
            raise Misuse(f"{self.where}: metrics is empty; for example metrics = "
                         "[\"msk_latency_mean\"]")
        for name in wanted:
            self.check_metric(name)
        return wanted

    def check_metric(self, name):
        """Misuse if there is no such metric or it cannot be told in this study."""
        if not isinstance(name, str) or name not in metrics.CATALOGUE:
            raise unknown(self.where, "metric", name, metrics.CATALOGUE)
        if self.warmup > 0 and name in metrics.OF_WHOLE_RUNS:
            raise Misuse(f"{self.where}: the warm-up cannot be taken from {name}, which is of "
                         "whole runs; leave out one of them")
        with_messages = all(point.get("messages") == "true" for point in self.points)
        if self.warmup > 0 and name in metrics.TIMELESS and not with_messages:
            raise Misuse(f"{self.where}: the warm-up cannot be taken from {name} unless each "
                         "message's time is written; set messages = true in [options]")

    def read_precision(self, table):
        """Wanted half-widths by metric: (number, whether it is relative); and the limit of runs."""
        wanted = dict(expect(self.where, table, "precision", [dict], {}))
        if not wanted:
            return {}, self.replications
        limit = wanted.pop("limit", None)
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < self.replications:
            raise Misuse(f"{self.where}: precision.limit must be a number of runs of a point, at "
                         f"least {self.replications} as replications has it")
        if limit * len(self.points) > MAX_RUNS:
            raise Misuse(f"{self.where}: precision.limit = {limit} allows "
                         f"{limit * len(self.points)} runs; at most {MAX_RUNS} are possible")
        if self.replications < 3:
            raise Misuse(f"{self.where}: replications = {self.replications} must be at least 3 to "
                         "tell a precision")
        precision = {}
        for name, value in wanted.items():
            self.check_metric(name)
            share = quantities.share(value)
            half = value if share is None else share
            if isinstance(half, bool) or not isinstance(half, (int, float)) or \
                    not 0 < half < math.inf:
                raise Misuse(f"{self.where}: precision.{name} = {value!r} must be a half-width, "
                             "absolute as in 0.5 or relative as in \"5%\"")
            precision[name] = (float(half), share is not None)
        return precision, limit

    def read_form(self, entry):
        """A closed form: what a metric must be, as a formula of options."""
        where = f"{self.where}: closed_form"
        if not isinstance(entry, dict):
            raise Misuse(f"{where} must be a table")
        for key in entry:
            if key not in FORM_KEYS:
                raise unknown(where, "key", key, FORM_KEYS)
        metric = expect(where, entry, "metric", [str], needed=True)
        self.check_metric(metric)
        value = expect(where, entry, "value", [str, int, float], needed=True)
        condition = expect(where, entry, "where", [dict], {})
        self.check_condition(where, condition)
        tolerance = expect(where, entry, "tolerance", [str, int, float], "interval")
        allowed = quantities.share(tolerance) if isinstance(tolerance, str) else tolerance
        if tolerance != "interval" and (allowed is None or not 0 <= allowed < math.inf):
            raise Misuse(f"{where}: tolerance = {tolerance!r} must be \"interval\", a number or a "
                         "share such as \"1%\"")
        points = [point for point in self.points if self.matches(point, condition)]
        if not points:
            raise Misuse(f"{where}: no point has all that where = {condition!r} asks for")
        # What all points have that it is for.
        formula.check(where, str(value), set.intersection(*(set(point) for point in points)))
        for point in points:
            formula.evaluate(str(value), point)
        return {"metric": metric, "value": str(value),
                "where": condition,
                "label": expect(where, entry, "label", [str], "closed form"),
                "tolerance": tolerance}

    def check_condition(self, where, condition):
        """A condition picks points by the values of their options."""
        for name, want in condition.items():
            if not any(name in point for point in self.points):
                raise unknown(where, "option in this study", name,
                              {key for point in self.points for key in point})
            for value in want if isinstance(want, list) else [want]:
                if not any(point.get(name) == quantities.text(value) for point in self.points):
                    raise Misuse(f"{where}: no point has {name} = {value!r}")

    def read_figures(self, entries):
        """The figures wanted."""
        figures = []
        for entry in entries:
            where = f"{self.where}: figure"
            if not isinstance(entry, dict):
                raise Misuse(f"{where} must be a table")
            kind = expect(where, entry, "kind", [str], needed=True)
            if kind not in FIGURE_KINDS:
                raise unknown(where, "kind of figure", kind, FIGURE_KINDS)
            figure = dict(entry)
            figure.setdefault("name", re.sub(r"[^A-Za-z0-9_.-]", "-", f"{self.name}-{kind}"))
            where = f"{self.where}: figure {figure['name']}"
            for key in entry:
                if key not in FIGURE_KEYS | FIGURE_KINDS[kind]:
                    raise unknown(where, "key", key, FIGURE_KEYS | FIGURE_KINDS[kind])
            if not re.fullmatch(r"[A-Za-z0-9_.-]+", str(figure["name"])):
                raise Misuse(f"{where}: the name must be letters, digits, - and _")
            if any(other["name"] == figure["name"] for other in figures):
                raise Misuse(f"{where}: another figure has this name; give name = \"...\"")
            if figure.setdefault("width", "double" if kind == "call-flow" else "single") not in \
                    ("single", "double"):
                raise Misuse(f"{where}: width must be \"single\" (3.5 in) or \"double\" (7.16 in)")
            if kind == "call-flow" and figure["width"] == "single":
                raise Misuse(f"{where}: a call flow needs width = \"double\" (7.16 in), as it has by "
                             "itself")
            self.check_condition(where, expect(where, figure, "only", [dict], {}))
            figure["name"] = str(figure["name"])
            expect(where, figure, "title", [str])
            if not 0 < expect(where, figure, "height", [int, float], 1) < 100:
                raise Misuse(f"{where}: height = {figure['height']} must be in inches, up to 100")
            for key in ("before", "after"):
                if key in figure:
                    seconds(where, key, figure[key])
            for cause in expect(where, figure, "causes", [list], []):
                if cause not in metrics.CAUSES:
                    raise unknown(where, "cause of loss", cause, metrics.CAUSES)
            axes = ("", "x", "y", "xy") if kind == "parameter" else ("", "x")
            if figure.setdefault("log", "") not in axes:
                raise Misuse(f"{where}: log = {figure['log']!r} must be " + " or ".join(axes[1:]))
            if kind == "parameter":
                self.check_parameter(where, figure)
            elif "keys" in FIGURE_KINDS[kind]:
                if figure.setdefault("keys", "msk") not in ("msk", "mtk"):
                    raise Misuse(f"{where}: keys = {figure['keys']!r} must be msk or mtk")
            if kind == "signalling":
                self.check_metric("octets")
            if kind == "call-flow":
                if not all(point.get("messages") == "true" for point in self.points):
                    raise Misuse(f"{where}: a call flow is drawn from the run's messages; set "
                                 "messages = true in [options]")
                point = expect(where, figure, "point", [int], 0)
                if not 0 <= point < len(self.points):
                    raise Misuse(f"{where}: point must be from 0 to {len(self.points) - 1}")
            figures.append(figure)
        return figures

    def check_parameter(self, where, figure):
        """A figure of metrics over an option."""
        x = expect(where, figure, "x", [str], needed=True)
        if x not in self.varied:
            raise unknown(where, "varied option", x, self.varied)
        for index, point in enumerate(self.points):
            if x not in point and self.matches(point, figure.get("only", {})):
                raise Misuse(f"{where}: point {index} ({self.label(point)}) has no {x}; give it one, "
                             "or pick points with only")
        wanted = expect(where, figure, "y", [str, list], needed=True)
        figure["y"] = wanted if isinstance(wanted, list) else [wanted]
        for name in figure["y"]:
            self.check_metric(name)
        by = expect(where, figure, "by", [str, list], [])
        figure["by"] = by if isinstance(by, list) else [by]
        for name in figure["by"]:
            if name not in self.varied:
                raise unknown(where, "varied option", name, self.varied)

    # ----------------------------------------------------------------------------------- checking

    def check_program(self):
        """Holds options and values against the program, and has it check them."""
        for name in UNSEEN:
            if os.environ.get(name):
                raise Misuse(f"{name} is set in the environment and would change the runs unseen; "
                             "unset it, and set in [options] what it is to change")
        self.stamps = stamps(self.program)
        self.description = Description(describe(self.program))
        lacking = [name for name in RESULT_FILES
                   if name not in self.description.answer["result_files"]]
        if lacking:
            raise Misuse(f"{self.where}: {self.program} writes no {lacking[0]} and so cannot be "
                         "studied; mbs-key-update can")
        names = self.description.names()
        used = sorted({name for point in self.points for name in point})
        for name in used:
            if name in RESERVED:
                raise Misuse(f"{self.where}: {name} is not a study's to set; it is given to each "
                             "run or wants files that nobody reads")
            if name not in names and not (name.startswith("ns3::")
                                          and not name.startswith("ns3::mbs::")):
                raise unknown(self.where, "option of " + self.program, name,
                              names if name.startswith("ns3::") else self.description.options)
            lists = [point[name] for point in self.points
                     if isinstance(point.get(name), quantities.Several)]
            if lists and not self.description.options.get(name, {}).get("repeatable"):
                raise Misuse(f"{self.where}: {name} = {list(lists[0].values)} must be one value; lists "
                             "of values, each for a point of its own, belong below [grid]")
        self.check_points()
        self.check_warmup()
        if self.keep != "all":
            known = set(self.description.answer["result_files"]) | {"messages.csv"}
            for name in self.keep if isinstance(self.keep, list) else [self.keep]:
                if not isinstance(name, str) or name not in known:
                    raise unknown(self.where, "result file", name, known)
            for figure in self.figures:
                for name in FIGURE_FILES.get(figure["kind"], ()):
                    if name not in self.keep:
                        raise Misuse(f"{self.where}: figure {figure['name']} is drawn from {name}, "
                                     "which keep does not name")
        return self

    def check_points(self):
        """Has the program itself check each point: values, and whether they go together."""
        last = self.description.check_words()

        def check(point):
            """Why a point cannot be run, or nothing."""
            try:
                ask(self.program, quantities.words(point) + last)
                return None
            except Misuse as error:
                return str(error)

        told = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            try:
                for index, wrong in enumerate(pool.map(check, self.points)):
                    if time.monotonic() - told >= 10:
                        told = time.monotonic()
                        say(f"{index} of {len(self.points)} points are checked")
                    if wrong:
                        where = f", at point {index} ({self.label(self.points[index])})" \
                            if len(self.points) > 1 else ""
                        raise Misuse(f"{self.where}: {wrong}{where}")
            finally:
                pool.shutdown(cancel_futures=True)

    def check_warmup(self):
        """Misuse if a run of a point has ended before its warm-up has."""
        default = self.description.options.get("duration", {}).get("default")
        for point in self.points:
            duration = quantities.number(point.get("duration", default))
            if duration is not None and self.warmup >= duration:
                raise Misuse(f"{self.where}: warmup = {self.warmup:g} s leaves nothing of runs with "
                             f"duration {duration:g} s")

    def column(self, name):
        """Name of an option's column in tables: attributes without their name space."""
        return name.removeprefix("ns3::mbs::").replace("::", ".")

    def label(self, point):
        """A point in words: its varied options."""
        return ", ".join(f"{self.column(name)} {point[name]}" for name in self.varied
                         if name in point) or "the only point"

    def matches(self, point, condition):
        """Whether a point has the values of a condition, or one of each list in it."""
        return all(point.get(name) in [quantities.text(value) for value in
                                       (want if isinstance(want, list) else [want])]
                   for name, want in condition.items())
