# SPDX-License-Identifier: GPL-2.0-only
"""The call flow of one key update, drawn from the messages of a run as the standard draws its own."""

import csv
import os
import re

import matplotlib.pyplot as plt

from . import metrics
from .misuse import Misuse
from .style import STYLE, WIDTHS

# From left to right, as far as they take part.
LIFELINES = ["UE", "gNB", "AMF", "SMF", "MB-SMF", "MB-UPF", "MBSTF", "MBSF", "MBSSF", "AF"]
# How long after the last UE has the key the answers are still shown, ns.
AFTERMATH = 60_000_000


def kind_of(name):
    """SMF of SMF-0: functions of a kind share a lifeline."""
    return re.sub(r"-[0-9]+$", "", name)


class Flow:
    """One update: when its key was made, and the messages by kind in order of the first of each."""

    def __init__(self, title, begin):
        self.title = title
        self.begin = begin
        self.steps = []

    def add(self, time, start, end, label, count=1):
        """A message that `count` functions sent, the first at this time (ns)."""
        self.steps.append((time, start, end, label, count))

    def lifelines(self):
        """The functions that take part, from left to right."""
        found = {name for _, start, end, _, _ in self.steps for name in (start, end)}
        return [name for name in LIFELINES if name in found]


def updates_of(folder, kind, warmup):
    """Rows of the first update of a kind after the warm-up."""
    chosen = []
    first = None
    for row in metrics.rows(folder, "key-updates.csv"):
        made = metrics.nanoseconds(row["generated_s"])
        if row["kind"] != kind or made < warmup * 1e9:
            continue
        name = (row["msk_id"], row["mtk_id"], made)
        first = first or name
        if name == first:
            chosen.append(row)
    return chosen


def read(folder, kind, warmup=0.0):
    """The call flow of a run's first update of an MSK or MTK."""
    path = os.path.join(folder, "messages.csv")
    if not os.path.exists(path):
        raise Misuse(f"{folder}: no messages.csv there; run the program with --messages")
    rows = updates_of(folder, kind, warmup)
    if not rows:
        raise Misuse(f"{folder}: no {kind.upper()} was updated in this run")
    begin = metrics.nanoseconds(rows[0]["generated_s"])
    ends = [metrics.nanoseconds(row["installed_s"]) for row in rows if row["installed_s"]]
    end = max(ends, default=begin) + AFTERMATH
    installed = len(ends)
    flow = Flow(f"{kind.upper()} {rows[0]['msk_id' if kind == 'msk' else 'mtk_id']}: "
                f"{installed} of {len(rows)} UEs have it after "
                f"{(max(ends, default=begin) - begin) / 1e6:.3f} ms", begin)
    seen = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            time = metrics.nanoseconds(row["time_s"])
            if not begin <= time <= end or row["interface"] == "SBI":
                continue
            # An MTK alone never runs through the control plane.
            if kind == "mtk" and row["interface"] != "Nmb9":
                continue
            key = (kind_of(row["from"]), kind_of(row["to"]), row["interface"], row["message"])
            entry = seen.setdefault(key, [time, 0])
            entry[1] += 1
    for (start, far, interface, message), (time, count) in seen.items():
        flow.add(time, start, far, f"{interface}: {message}", count)
    if kind == "mtk":
        # The multicast has no messages of its own beyond the MBSTF: its arrivals are in the updates.
        at_gnb = {row["gnb"]: metrics.nanoseconds(row["gnb_s"]) for row in rows if row["gnb_s"]}
        if at_gnb:
            flow.add(min(at_gnb.values()), "MB-UPF", "gNB", "N3mb: MIKEY MTK message has come",
                     len(at_gnb))
        if ends:
            flow.add(min(ends), "gNB", "UE", "Uu: MIKEY MTK message has come", len(ends))
    flow.steps.sort(key=lambda step: step[0])
    return flow


def draw(flow, width="double"):
    """A sequence diagram: one line down for each function, one arrow for each kind of message."""
    names = flow.lifelines()
    if not names:
        raise Misuse("no message belongs to this update")
    rows = len(flow.steps)
    with plt.rc_context(STYLE):
        made = plt.figure(figsize=(WIDTHS[width], 0.75 + 0.205 * rows))
        axes = made.add_axes([0.0, 0.0, 1.0, 1.0])
    left, right = 1.0, 0.42
    step = (WIDTHS[width] - left - right) / max(len(names) - 1, 1)
    at = {name: left + index * step for index, name in enumerate(names)}
    height = 0.75 + 0.205 * rows
    axes.set_xlim(0, WIDTHS[width])
    axes.set_ylim(height, 0)
    axes.axis("off")
    axes.text(0.06, 0.12, flow.title, fontsize=8, va="center")
    top = 0.38
    for name, x in at.items():
        axes.plot([x, x], [top + 0.1, height - 0.06], color="#999999", linewidth=0.7, zorder=1)
        axes.text(x, top, name, ha="center", va="center", fontsize=7.5, zorder=4,
                  bbox={"boxstyle": "square,pad=0.3", "facecolor": "white",
                        "edgecolor": "#444444", "linewidth": 0.8})
    axes.text(0.06, top, "ms", fontsize=6.5, color="#555555", va="center")
    for index, (time, start, far, label, count) in enumerate(flow.steps):
        y = top + 0.36 + 0.205 * index
        answer = label.endswith("response") or label.endswith("Response")
        axes.annotate("", (at[far], y), (at[start], y), zorder=2,
                      arrowprops={"arrowstyle": "-|>", "linewidth": 0.9, "shrinkA": 0,
                                  "shrinkB": 0, "mutation_scale": 7,
                                  "linestyle": (0, (4, 2)) if answer else "-",
                                  "color": "#0072B2" if not answer else "#666666"})
        text = label + (f"  ({count:,}\u00d7)" if count > 1 else "")
        # In the middle of the arrow, but inside the figure: 6 point letters are about 0.047 in wide.
        half = len(text) * 0.0475 / 2
        middle = min(max((at[start] + at[far]) / 2, 0.5 + half), WIDTHS[width] - 0.04 - half)
        axes.text(middle, y - 0.035, text, ha="center", va="bottom", fontsize=6, zorder=3,
                  bbox={"boxstyle": "square,pad=0.04", "facecolor": "white", "edgecolor": "none",
                        "alpha": 0.85})
        axes.text(0.06, y, f"{(time - flow.begin) / 1e6:.3f}", fontsize=6.5, va="center",
                  color="#555555")
    return made
