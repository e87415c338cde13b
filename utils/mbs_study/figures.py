# SPDX-License-Identifier: GPL-2.0-only
"""The figures of a study."""

import math
import os
import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from . import formula, metrics, quantities
from .misuse import Misuse
from .style import COLOURS, DASHES, MARKERS, STYLE, figure, place_legends, save

CAUSE_TITLES = {"core": "core", "queue": "queue", "radio": "radio", "no_key": "no key",
                "stale_key": "stale key", "auth": "auth", "replay": "replay",
                "asleep": "asleep", "handover": "handover"}
WORDS = {"msk": "MSK", "mtk": "MTK", "p50": "median", "p95": "95th percentile",
         "p99": "99th percentile", "max": "largest", "min": "smallest", "octets": "octets",
         "no": "no"}


def metric_title(name):
    """A metric in words, for an axis."""
    if name == "lost_no_key_per_update":
        return "packets lost for each UE and MSK"
    if name == "lost_queue_per_update":
        return "packets lost in the queue, each MSK"
    if name == "lost_no_key_per_join":
        return "packets lost for each join"
    parts = name.split("_")
    if name.startswith(("loss_", "lost_")):
        what = "loss" if parts[0] == "loss" else "packets lost"
        text = f"{what}, {CAUSE_TITLES['_'.join(parts[1:])]}"
    elif name.endswith("_latency_mean") or "_latency_" in name:
        key = WORDS.get(parts[0], parts[0])
        text = f"{key} latency, {WORDS.get(parts[-1], parts[-1])}"
    elif "_leg_" in name:
        text = f"{WORDS[parts[0]]}, leg to {parts[-1]}"
    elif parts[0] == "air" and len(parts) > 2:
        kind = {"ptm": "PTM", "ptp": "PTP"}.get(parts[2], parts[2])
        what = {"blocks": "resource blocks", "octets": "octets on the air"}.get(parts[1], parts[1])
        return f"{what}, {kind}"
    elif parts[0] in ("octets", "messages") and len(parts) > 1:
        text = f"{parts[0]} over {parts[1]}"
    else:
        text = name.replace("_", " ")
        text = text.replace("msk", "MSK").replace("mtk", "MTK")
    unit = metrics.CATALOGUE[name][0]
    return f"{text} ({unit})" if unit and unit not in text else text


def option_title(study, name):
    """An option in words, with the unit of its numbers."""
    option = study.description.options.get(name) if study.description else None
    column = study.column(name)
    unit = "ms" if in_ms(study, name) else "s"
    titles = {"ues": "UEs", "gnbs": "gNBs", "smfs": "SMFs", "workers": "workers per function",
              "radio": "loss on the radio", "Mbstf.ActivationDelay": f"lead time of a new key ({unit})",
              "serviceTime": f"service time ({unit})",
              "CellScheduler.SignallingPriority": "priority of signalling",
              "drxCycle": f"DRX cycle ({unit})",
              "ueState": "state", "sleepers": "share asleep",
              "Mbstf.MtkRepetitions": "repetitions of an MTK message"}
    if column in titles:
        return titles[column]
    # Who only draws has not asked the program, and goes by the values.
    timed = bool(times_of(study, name)) or (option and option["type"] == "time")
    return f"{column} ({unit})" if timed else column


def in_ms(study, name):
    """Whether the values of an option are short times, which are drawn in ms."""
    times = times_of(study, name)
    return bool(times) and all(value < 1 for value in times)


def times_of(study, name):
    """The values of an option in s, if all of them are times with a unit."""
    values = [point[name] for point in study.points if name in point]
    if not all(re.fullmatch(r"[0-9.]+(ns|us|ms|s)", value) for value in values):
        return []
    return [quantities.number(value) for value in values]


def chosen(study, entry):
    """The points that a figure is of, by index."""
    return [index for index, point in enumerate(study.points)
            if study.matches(point, entry.get("only", {}))]


def tell_apart(study, points):
    """Labels of points: only the options that differ between them."""
    differing = [name for name in study.varied
                 if len({study.points[index].get(name) for index in points}) > 1]
    labels = [", ".join(study.points[index].get(name, "-") for name in differing)
              or "all" for index in points]
    return labels, ", ".join(option_title(study, name) for name in differing)


def draw_log(axes, which, values):
    """Makes an axis logarithmic with plain numbers on it."""
    positive = [value for value in values if value > 0]
    if not positive:
        return
    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    wide = max(positive) / min(positive) > 300
    axis.set_major_locator(LogLocator(10, subs=(1.0,) if wide else (1.0, 2.0, 5.0)))
    # A little room on both sides; not so little that a single decade has no number.
    limits = (min(positive) / 1.25, max(positive) * 1.25)
    (axes.set_xlim if which == "x" else axes.set_ylim)(limits)
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axis.set_minor_formatter(NullFormatter())


# ---------------------------------------------------------------------------------------- kinds


def parameter(study, results, entry):
    """Metrics over an option, with intervals and closed forms."""
    points = chosen(study, entry)
    x = entry["x"]
    groups = {}
    for index in points:
        key = tuple(study.points[index].get(name, "-") for name in entry["by"])
        groups.setdefault(key, []).append(index)
    scale = 1e3 if in_ms(study, x) else 1.0
    numbers = {index: quantities.number(study.points[index][x]) for index in points}
    if None not in numbers.values():
        numbers = {index: round(number * scale, 9) for index, number in numbers.items()}
    categories = None
    if any(number is None for number in numbers.values()):
        categories = list(dict.fromkeys(study.points[index][x] for index in points))
        numbers = {index: float(categories.index(study.points[index][x])) for index in points}
    panels = len(entry["y"])
    made, all_axes = figure(entry["width"], entry.get("height", 2.5), panels)
    legends = []
    for axes, metric in zip(all_axes, entry["y"]):
        seen = []
        formed = False
        for number, (key, members) in enumerate(groups.items()):
            members = sorted(members, key=lambda index: numbers[index])
            found = [(numbers[index], results.interval(index, metric)) for index in members]
            found = [(at, interval) for at, interval in found if interval is not None]
            if not found:
                continue
            at = [position for position, _ in found]
            mean = [interval[0] for _, interval in found]
            half = [0 if math.isnan(interval[1]) else interval[1] for _, interval in found]
            seen += mean
            colour = COLOURS[number % len(COLOURS)]
            label = ", ".join(key) or None
            axes.errorbar(at, mean, yerr=half, color=colour, marker=MARKERS[number % len(MARKERS)],
                          linestyle=DASHES[number % len(DASHES)] if len(at) > 1 else "none",
                          capsize=2, elinewidth=0.9, label=label, zorder=3)
            formed |= draw_forms(axes, study, metric, members, numbers, seen)
        if "x" in entry["log"] and categories is None:
            draw_log(axes, "x", list(numbers.values()))
        if "y" in entry["log"]:
            draw_log(axes, "y", seen)
        else:
            low = min(seen, default=0)
            axes.set_ylim(bottom=min(0, low))
            axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
        if categories is not None:
            axes.set_xticks(range(len(categories)), categories)
        elif "x" not in entry["log"]:
            ticks = sorted(set(numbers.values()))
            if len(ticks) <= 8:
                spread = (ticks[-1] - ticks[0]) or 1
                kept = [ticks[0]]
                for tick in ticks[1:]:
                    if tick - kept[-1] >= spread * 0.09:
                        kept.append(tick)
                axes.set_xticks(kept, [f"{tick:g}" for tick in kept])
        axes.set_xlabel(option_title(study, x))
        axes.set_ylabel(metric_title(metric))
        handles, _ = axes.get_legend_handles_labels()
        if handles:
            legends.append((axes, {
                "handlelength": 2.6, "title_fontsize": 7.5,
                "title": " / ".join(study.column(name) for name in entry["by"]) or None}))
    place_legends(made, legends)
    return made


def draw_forms(axes, study, metric, members, numbers, seen):
    """The closed forms of a metric at these points, as a thin grey line; whether there is one."""
    drawn = False
    for form in study.forms:
        if form["metric"] != metric:
            continue
        fitting = [index for index in members
                   if study.matches(study.points[index], form["where"])]
        if not fitting:
            continue
        values = [formula.evaluate(form["value"], study.points[index]) for index in fitting]
        seen += values
        known = [text.get_label() for text in axes.lines]
        axes.plot([numbers[index] for index in fitting], values, color="#666666", linewidth=0.9,
                  linestyle=(0, (2, 1.5)), marker="_" if len(values) == 1 else None, zorder=4,
                  label=form["label"] if form["label"] not in known else None)
        drawn = True
    return drawn


def latency_by_leg(study, results, entry):
    """A bar for each point: mean time of each leg, one behind the other."""
    kind = entry["keys"]
    points = chosen(study, entry)
    labels, what = tell_apart(study, points)
    height = entry.get("height", 0.9 + 0.26 * len(points))
    made, (axes,) = figure(entry["width"], height)
    left = np.zeros(len(points))
    for number, leg in enumerate(metrics.LEGS[kind]):
        widths = []
        for index in points:
            found = results.interval(index, f"{kind}_leg_{leg}")
            widths.append(found[0] if found else 0.0)
        widths = np.array(widths)
        if not widths.any():
            continue
        title = metrics.LEG_TITLES[leg]
        axes.barh(range(len(points)), widths, left=left, height=0.7,
                  color=COLOURS[number % len(COLOURS)], edgecolor="white", linewidth=0.6,
                  label=title.removeprefix("made "))
        left += widths
    for position, total in enumerate(left):
        axes.annotate(f" {quantities.short(total, 3)}", (total, position), va="center",
                      fontsize=7)
    axes.set_yticks(range(len(points)), labels)
    axes.set_ylim(len(points) - 0.4, -0.6)
    axes.set_xlim(0, (left.max() or 1) * 1.12)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"mean latency of {kind.upper()} updates (ms)")
    axes.set_ylabel(what)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncol=5 if entry["width"] == "double"
                else 3, columnspacing=0.9, handlelength=1.0, handletextpad=0.4, borderpad=0.1)
    return made


def raw(results, index, name, columns):
    """A result file of all runs of a point, one table; None if it was not kept."""
    tables = []
    for record in results.records:
        if record["point"] == index:
            path = results.folder.at("runs", record["id"], name)
            if not os.path.exists(path):
                return None
            table = pd.read_csv(path, usecols=lambda name: name in columns)
            for cause in metrics.SOMETIMES:
                if f"lost_{cause}" in columns and f"lost_{cause}" not in table:
                    table[f"lost_{cause}"] = 0
            tables.append(table[columns].assign(run=record["replication"]))
    return pd.concat(tables, ignore_index=True) if tables else None


def needed(results, index, name, columns, entry):
    """The same, where a figure cannot do without it."""
    table = raw(results, index, name, columns)
    if table is None:
        raise Misuse(f"figure {entry['name']}: {name} of a run is not there; keep must name it")
    return table


def with_runs(study, results, entry):
    """The points that a figure is of and that have a complete run."""
    done = {record["point"] for record in results.records}
    points = [index for index in chosen(study, entry) if index in done]
    if not points:
        raise Misuse(f"figure {entry['name']}: no run of its points is complete")
    return points


def distribution(study, results, entry):
    """Share of UEs that have a key after a time, all replications together."""
    kind = entry["keys"]
    points = with_runs(study, results, entry)
    made, (axes,) = figure(entry["width"], entry.get("height", 2.5))
    reach = []
    labels, what = tell_apart(study, points)
    for number, (index, label) in enumerate(zip(points, labels)):
        table = needed(results, index, "key-updates.csv",
                       ["kind", "generated_s", "latency_ms", "outcome"], entry)
        table = table[(table["kind"] == kind) & (table["generated_s"] >= study.warmup)]
        latencies = np.sort(table.loc[table["outcome"] == "installed", "latency_ms"].to_numpy())
        if len(latencies) == 0:
            continue
        reach += [latencies[0], latencies[-1]]
        # Of all updates: what was not installed keeps the curve below 100 %.
        share = np.arange(1, len(latencies) + 1) / len(table) * 100
        axes.step(np.concatenate([[latencies[0]], latencies]), np.concatenate([[0], share]),
                  where="post", color=COLOURS[number % len(COLOURS)],
                  linestyle=DASHES[number % len(DASHES)], label=f"{label} (n = {len(table):,})")
    axes.set_ylim(0, 101)
    if "x" in entry.get("log", ""):
        draw_log(axes, "x", reach)
    else:
        axes.set_xlim(left=0)
    axes.set_xlabel(f"latency of {kind.upper()} updates (ms)")
    axes.set_ylabel(f"UEs that have the {kind.upper()} (%)")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), title=what, title_fontsize=7.5,
                ncol=2 if entry["width"] == "single" else 4, columnspacing=0.9, handletextpad=0.4,
                handlelength=2.2, borderpad=0.1)
    return made


def loss_over_time(study, results, entry):
    """Loss around the moment at which a key was made, mean over updates and replications."""
    kind = entry["keys"]
    before = quantities.number(entry.get("before", 1.0))
    after = quantities.number(entry.get("after", 2.0))
    causes = entry.get("causes") or list(metrics.CAUSES)
    points = with_runs(study, results, entry)
    made, (axes,) = figure(entry["width"], entry.get("height", 2.5))
    labels, what = tell_apart(study, points)
    for number, (index, label) in enumerate(zip(points, labels)):
        keys = needed(results, index, "key-updates.csv", ["kind", "generated_s"], entry)
        traffic = needed(results, index, "traffic-over-time.csv",
                         ["time_s", "expected"] + [f"lost_{cause}" for cause in causes], entry)
        keys = keys[(keys["kind"] == kind) & (keys["generated_s"] >= study.warmup)]
        bins = np.round(np.arange(-before, after, 0.1), 1)
        lost = np.zeros(len(bins))
        expected = np.zeros(len(bins))
        for run, made_at in keys.groupby("run")["generated_s"]:
            of_run = traffic[traffic["run"] == run]
            at = np.round(of_run["time_s"].to_numpy() * 10).astype(int)
            spoilt = of_run[[f"lost_{cause}" for cause in causes]].sum(axis=1).to_numpy()
            wanted = of_run["expected"].to_numpy()
            for instant in np.unique(made_at):
                offset = at - int(math.floor(instant * 10 + 1e-6)) + int(round(before * 10))
                inside = (offset >= 0) & (offset < len(bins))
                np.add.at(lost, offset[inside], spoilt[inside])
                np.add.at(expected, offset[inside], wanted[inside])
        if not expected.any():
            continue
        share = np.divide(lost, expected, out=np.zeros(len(bins)), where=expected > 0) * 100
        axes.step(bins, share, where="post", color=COLOURS[number % len(COLOURS)],
                  linestyle=DASHES[number % len(DASHES)], label=label)
    axes.axvline(0, color="#888888", linewidth=0.8, linestyle=":")
    axes.set_ylim(bottom=0)
    axes.set_xlim(-before, after)
    axes.set_xlabel(f"time the packet was sent, since a new {kind.upper()} was made (s)")
    axes.set_ylabel("packets lost (%)")
    if len(points) > 1:
        place_legends(made, [(axes, {"title": what, "title_fontsize": 7.5})])
    return made


def signalling(study, results, entry):
    """Octets of signalling by reference point, a bar for each point of the study."""
    points = chosen(study, entry)
    labels, what = tell_apart(study, points)
    interfaces = [name for name in metrics.INTERFACES
                  if any((results.interval(index, f"octets_{name}") or (0,))[0] > 0
                         for index in points)]
    height = entry.get("height", 0.7 + (0.08 * len(points) + 0.1) * len(interfaces))
    made, (axes,) = figure(entry["width"], height)
    step = 0.8 / max(len(points), 1)
    seen = []
    for number, (index, label) in enumerate(zip(points, labels)):
        found = [results.interval(index, f"octets_{name}") or (0.0, 0.0, 0)
                 for name in interfaces]
        means = [interval[0] for interval in found]
        halves = [0 if math.isnan(interval[1]) else interval[1] for interval in found]
        seen += means
        at = [row - 0.4 + step * (number + 0.5) for row in range(len(interfaces))]
        axes.barh(at, means, xerr=halves, height=step * 0.92,
                  color=COLOURS[number % len(COLOURS)], label=label,
                  error_kw={"elinewidth": 0.8, "capsize": 1.5})
    axes.set_yticks(range(len(interfaces)), interfaces)
    axes.set_ylim(len(interfaces) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    if "x" in entry.get("log", ""):
        draw_log(axes, "x", seen)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.set_xlabel("octets of signalling in a run")
    if len(points) > 1:
        place_legends(made, [(axes, {"loc": "lower right", "title": what,
                                     "title_fontsize": 7.5})])
    return made


def call_flow(study, results, entry):
    """The call flow of one update, from a run of one point."""
    from . import callflow

    index = entry.get("point", 0)
    record = next((record for record in results.records if record["point"] == index), None)
    if record is None:
        raise Misuse(f"figure {entry['name']}: no run of point {index} is complete")
    flow = callflow.read(results.folder.at("runs", record["id"]), entry["keys"], study.warmup)
    flow.title = entry.get("title", flow.title)
    return callflow.draw(flow, entry["width"])


KINDS = {"parameter": parameter, "latency-by-leg": latency_by_leg, "distribution": distribution,
         "loss-over-time": loss_over_time, "signalling": signalling, "call-flow": call_flow}


def draw_all(study, results, folder):
    """Draws all figures of a study: the paths of the PNG files, and why others were not drawn."""
    written = []
    problems = []
    if not results.records:
        return written, problems
    for entry in study.figures:
        try:
            with plt.rc_context(STYLE):
                made = KINDS[entry["kind"]](study, results, entry)
                if "title" in entry and entry["kind"] != "call-flow":
                    made.suptitle(entry["title"], fontsize=8.5)
            written.append(save(made, folder.at("figures"), entry["name"])[0])
        except Misuse as error:
            problems.append(str(error))
        except ValueError as error:
            # Matplotlib's, such as of a title with half a formula between dollar signs.
            problems.append(f"figure {entry['name']}: cannot be drawn ({' '.join(str(error).split())})")
            plt.close("all")
    return written, problems
