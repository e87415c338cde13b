# SPDX-License-Identifier: GPL-2.0-only
"""The results of a study: one tidy CSV, one SQLite file, and tables for a paper."""

import csv
import io
import json
import math
import os
import sqlite3

from . import formula, intervals, metrics, quantities
from .misuse import Misuse


class Results:
    """What the complete runs of a study say."""

    def __init__(self, study, folder, counts):
        self.study = study
        self.folder = folder
        self.records = []
        runs = runs_with(study, counts)
        for run in runs:
            record = folder.result(run, study.warmup)
            if record is not None:
                self.records.append(record)
        # Of the study as it is now: what another study of this folder left is no failure of it.
        failures = folder.failures()
        self.failures = {run.id: failures[run.id] for run in runs if run.id in failures}
        self.samples = {}
        for record in self.records:
            for name, value in record["metrics"].items():
                self.samples.setdefault((record["point"], name), []).append(value)

    def values(self, point, metric):
        """The values of a metric at a point, by replication."""
        return self.samples.get((point, metric), [])

    def interval(self, point, metric):
        """Mean, half-width (NaN of one value) and number of replications, or None."""
        values = self.values(point, metric)
        return (*intervals.student(values), len(values)) if values else None

    def missed(self, point, metric):
        """Whether the wanted precision was not reached at the limit of runs."""
        if metric not in self.study.precision:
            return False
        target, relative = self.study.precision[metric]
        found = self.interval(point, metric)
        if found is None or math.isnan(found[1]):
            return True
        return found[1] > (target * abs(found[0]) if relative else target)

    # ------------------------------------------------------------------------------ closed forms

    def comparisons(self):
        """Every closed form at every point that it is for, with its verdict.

        Where the tolerance is "interval" the mean is tested by Student's t, all of them together at
        5 % by Holm's method; else mean and form may differ by the tolerance.
        """
        rows = []
        for form in self.study.forms:
            for index, point in enumerate(self.study.points):
                if not self.study.matches(point, form["where"]):
                    continue
                values = self.values(index, form["metric"])
                if not values:
                    continue
                expected = formula.evaluate(form["value"], point)
                mean, half = intervals.student(values)
                rows.append({"point": index, "metric": form["metric"], "label": form["label"],
                             "expected": expected, "mean": mean, "half": half,
                             "count": len(values), "tolerance": form["tolerance"],
                             "p": intervals.p_value(values, expected)})
        tested = [row for row in rows if row["tolerance"] == "interval"]
        for row, rejected in zip(tested, intervals.holm([row["p"] for row in tested])):
            row["agrees"] = not rejected
        for row in rows:
            tolerance = row["tolerance"]
            if tolerance != "interval":
                allowed = quantities.share(tolerance) * abs(row["expected"]) \
                    if isinstance(tolerance, str) else float(tolerance)
                row["agrees"] = abs(row["mean"] - row["expected"]) <= allowed
        return rows

    # -------------------------------------------------------------------------------------- files

    def tidy_rows(self):
        """The rows of results.csv: names of columns, then the rows."""
        varied = self.study.varied
        yield ["point", *[self.study.column(name) for name in varied], "replication", "rng_run",
               "run", "metric", "value", "unit"]
        for record in self.records:
            point = self.study.points[record["point"]]
            head = [record["point"], *[point.get(name, "") for name in varied],
                    record["replication"], record["rng_run"], record["id"]]
            for name, value in record["metrics"].items():
                yield [*head, name, repr(value), metrics.CATALOGUE[name][0]]

    def write(self):
        """Writes results.csv, results.sqlite, table.md, table.tex and closed-forms.csv."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(self.tidy_rows())
        self.folder.write("results.csv", text.getvalue())
        self.write_database()
        self.folder.write("table.md", self.markdown())
        self.folder.write("table.tex", self.latex())
        rows = self.comparisons()
        if rows:
            names = ["point", "metric", "label", "expected", "mean", "half", "count", "tolerance",
                     "p", "agrees"]
            text = io.StringIO()
            writer = csv.DictWriter(text, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            self.folder.write("closed-forms.csv", text.getvalue())
        elif os.path.exists(self.folder.at("closed-forms.csv")):
            # Of the study before it was changed.
            os.remove(self.folder.at("closed-forms.csv"))

    def write_database(self):
        """Writes results.sqlite: tables results, runs, points and metrics."""
        path = self.folder.at("results.sqlite")
        part = path + ".part"
        if os.path.exists(part):
            os.remove(part)
        from .runs import words_of

        base = sqlite3.connect(part)
        try:
            rows = self.tidy_rows()
            columns = next(rows)
            options = {self.study.column(name) for name in self.study.varied}
            base.execute("create table results (" + ", ".join(
                # Numeric: what looks like a number is one, so that "ues = 12" finds it and it sorts.
                f'"{name}"' + (" real" if name == "value" else " numeric" if name in options
                               else "") for name in columns) + ")")
            base.executemany(
                f"insert into results values ({','.join('?' * len(columns))})",
                ([float(value) if column == "value" else value
                  for column, value in zip(columns, row)] for row in rows))
            base.execute("create table runs (run text primary key, point integer, replication "
                         "integer, rng_run integer, command text, git_commit text, ns3_version "
                         "text, compiler text, compiler_flags text, openssl text, rng_seed integer,"
                         " cpu_s real, wall_s real, peak_rss_bytes integer, attributes text, "
                         "hashes text)")
            for record in self.records:
                made = record["provenance"]
                cost = record["cost"]
                base.execute(
                    f"insert into runs values ({','.join('?' * 16)})",
                    (record["id"], record["point"], record["replication"], record["rng_run"],
                     words_of(record), made["git_commit"],
                     made["ns3_version"], made["compiler"], made["compiler_flags"],
                     made["openssl"], made["rng_seed"], cost["cpu_s"], cost["wall_s"],
                     cost["peak_rss_bytes"], record["attributes"], json.dumps(record["hashes"])))
            base.execute("create table points (point integer, option text, value text)")
            base.executemany("insert into points values (?, ?, ?)",
                             [(index, name, value) for index, point in enumerate(self.study.points)
                              for name, value in point.items()])
            base.execute("create table metrics (metric text, unit text, meaning text)")
            base.executemany("insert into metrics values (?, ?, ?)",
                             [(name, unit, meaning)
                              for name, (unit, meaning, _) in metrics.CATALOGUE.items()])
            base.commit()
        except sqlite3.Error as error:
            base.close()
            os.remove(part)
            raise Misuse(f"{path}: cannot be written ({error})") from None
        finally:
            base.close()
        os.replace(part, path)

    # ------------------------------------------------------------------------------------- tables

    def heading(self, metric):
        """A metric and its unit."""
        unit = metrics.CATALOGUE[metric][0]
        return f"{metric} ({unit})" if unit else metric

    def table(self):
        """The table of the study as texts: heading, rows, and notes below it."""
        study = self.study
        head = [study.column(name) for name in study.varied]
        head += [self.heading(metric) for metric in study.metrics] + ["runs"]
        rows = []
        at_limit = on_the_way = False
        for index, point in enumerate(study.points):
            row = [point.get(name, "") for name in study.varied]
            most = 0
            for metric in study.metrics:
                found = self.interval(index, metric)
                if found is None:
                    row.append("-")
                    continue
                mean, half, count = found
                most = max(most, count)
                cell = quantities.with_interval(mean, half)
                if self.missed(index, metric):
                    cell += " *"
                    at_limit |= count >= study.limit
                    on_the_way |= count < study.limit
                row.append(cell)
            rows.append([*row, str(most)])
        notes = ["Mean over replications and half-width of its 95 % interval (Student's t)."]
        if study.warmup:
            notes.append(f"The first {study.warmup:g} s of each run are left out.")
        wanted = "the wanted half-width (" + ", ".join(
            f"{metric} {target:.4g}" if not relative else f"{metric} {target * 100:.4g} %"
            for metric, (target, relative) in study.precision.items()) + ")"
        if at_limit:
            notes.append(f"*: {wanted} was not reached with {study.limit} runs, the limit.")
        if on_the_way:
            notes.append(f"*: {wanted} is not reached yet, with fewer runs than the limit, "
                         f"{study.limit}.")
        if self.failures:
            notes.append(f"{len(self.failures)} runs failed and are not in the table.")
        return head, rows, notes

    def markdown(self):
        """The table in Markdown."""
        head, rows, notes = self.table()
        lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
                 for row in [head, *rows]]
        lines.insert(1, "|" + " --- |" * len(head))
        return "\n".join(lines + [""] + notes) + "\n"

    def latex(self):
        """The table in LaTeX, for the package booktabs, with its notes in small print below it."""
        head, rows, notes = self.table()
        lines = ["% needs \\usepackage{booktabs}",
                 "\\begin{tabular}{" + "l" * len(self.study.varied)
                 + "r" * (len(head) - len(self.study.varied)) + "}", "\\toprule"]
        lines.append(" & ".join(latex(cell) for cell in head) + " \\\\")
        lines.append("\\midrule")
        lines += [" & ".join(latex(cell) for cell in row) + " \\\\" for row in rows]
        lines += ["\\bottomrule", "\\end{tabular}", "\\par\\smallskip", "{\\footnotesize"]
        lines += [latex(note) + "\\par" for note in notes]
        return "\n".join(lines + ["}"]) + "\n"


def latex(text):
    """A text with LaTeX's own characters escaped."""
    special = {"\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#",
               "$": r"\$", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
               "^": r"\textasciicircum{}", "\u00b1": r"$\pm$", "*": "$^{*}$", "|": r"\textbar{}",
               "<": r"\textless{}", ">": r"\textgreater{}"}
    return "".join(special.get(letter, letter) for letter in text)


def runs_with(study, counts):
    """The runs of a study (here, so that this module needs nothing that runs them)."""
    from .runs import runs_of

    return runs_of(study, counts)
