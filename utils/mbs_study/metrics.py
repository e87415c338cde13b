# SPDX-License-Identifier: GPL-2.0-only
"""The metrics of a run, worked out from its result files.

Only the standard library is used: this runs beside the simulations, once for each.
"""

import csv
import json
import os

CAUSES = ("core", "queue", "radio", "no_key", "stale_key", "auth", "replay", "asleep", "handover")
SOMETIMES = ("asleep", "handover")  # causes that results name only where packets were lost so
INTERFACES = ("Nmb10", "Nmb1", "Nmb2", "N4mb", "N16mb", "N11mb", "N11", "N2", "N1", "Xn", "N3mb",
              "Nmb9", "Uu", "MBS-10", "SBI")
# What the downlink of cells carries, by the names of cells.csv; multicast is PTM and PTP together.
AIR_KINDS = (("ptm", "multicast by PTM"), ("ptp", "multicast by PTP"),
             ("multicast", "multicast by PTM and PTP"), ("signalling", "signalling"),
             ("data", "data of PDU sessions"))
QUANTILES = (("p50", 0.50), ("p95", 0.95), ("p99", 0.99))
# Stages of an update on its way: column, name of the leg that ends there.
STAGES = (("mbsmf_s", "mbsmf"), ("smf_s", "smf"), ("amf_s", "amf"), ("gnb_s", "gnb"),
          ("installed_s", "ue"))
LEGS = {"msk": [name for _, name in STAGES], "mtk": ["gnb", "ue"]}
LEG_TITLES = {"mbsmf": "made \u2192 MB-SMF", "smf": "MB-SMF \u2192 SMF", "amf": "SMF \u2192 AMF",
              "gnb": "\u2192 gNB", "ue": "\u2192 UE"}


def catalogue():
    """Every metric: name -> (unit, what it is, whether it is what a run costs)."""
    entries = {}

    def add(name, unit, meaning, cost=False):
        entries[name] = (unit, meaning, cost)

    for kind, key in (("msk", "MSK"), ("mtk", "MTK")):
        add(f"{kind}_updates", "", f"updates of {key}s, a UE each")
        for outcome in ("installed", "lost", "rejected", "left", "pending"):
            add(f"{kind}_{outcome}", "", f"updates of {key}s with outcome {outcome}")
        add(f"{kind}_installed_share", "", f"installed updates of {key}s among all")
        for name in ("mean", "min", "p50", "p95", "p99", "max"):
            add(f"{kind}_latency_{name}", "ms", f"latency of {key} updates, {name}")
        for leg in LEGS[kind]:
            add(f"{kind}_leg_{leg}", "ms", f"mean time of {key} updates on the leg that ends at "
                f"the {leg}")
    add("lost_no_key_per_update", "packets", "packets lost for want of a key, for each UE and MSK")
    add("lost_queue_per_update", "packets", "packets that a cell's queue lost, for each UE and MSK")
    add("lost_no_key_per_join", "packets", "packets lost for want of a key, for each join")
    add("expected", "packets", "packets sent to members")
    add("delivered", "packets", "packets delivered")
    add("in_flight", "packets", "packets under way at the end")
    add("delivery_ratio", "", "delivered among expected packets")
    add("lost", "packets", "packets lost of all causes")
    add("loss", "", "lost among expected packets")
    for cause in CAUSES:
        add(f"lost_{cause}", "packets", f"packets lost, cause {cause}")
        add(f"loss_{cause}", "", f"packets lost, cause {cause}, among expected packets")
    add("messages", "", "messages of signalling")
    add("octets", "octets", "octets of signalling")
    for interface in INTERFACES:
        add(f"messages_{interface}", "", f"messages over {interface}")
        add(f"octets_{interface}", "octets", f"octets of messages over {interface}")
    add("joins", "", "attempts to join")
    add("joined", "", "attempts to join that succeeded")
    add("refused", "", "attempts to join that were refused")
    for name in ("mean", "p50", "p95", "max"):
        add(f"join_latency_{name}", "ms", f"time from request to membership, {name}")
        add(f"refusal_latency_{name}", "ms", f"time from request to refusal, {name}")
    for kind, what in AIR_KINDS:
        add(f"air_blocks_{kind}", "blocks", f"resource blocks of the downlink, {what}")
        add(f"air_octets_{kind}", "octets", f"octets of transport blocks in the downlink, {what}")
        add(f"air_transmissions_{kind}", "", f"transmissions in the downlink, {what}")
    add("handovers", "", "UEs that their gNB told to go to another cell")
    add("handover_failures", "", "handovers that did not end in time")
    add("radio_link_failures", "", "radio links that failed")
    add("access_failures", "", "cells that did not take a UE that had found them")
    add("cell_changes", "", "changes of the cell")
    for name in ("mean", "p50", "p95", "max"):
        add(f"interruption_{name}", "ms", f"time that a UE did not listen since it had no cell, {name}")
    add("air_feedback", "", "resources of the uplink for HARQ of groups")
    add("air_switches", "", "changes between PTM and PTP")
    add("events", "", "events of the simulator", True)
    add("cpu_s", "s", "processor time of the run", True)
    add("wall_s", "s", "wall-clock time of the run", True)
    add("peak_rss_bytes", "octets", "largest memory of the run", True)
    return entries


CATALOGUE = catalogue()
# A warm-up cannot be taken from what has no time: these then need messages.csv (--messages).
TIMELESS = {name for name in CATALOGUE
            if name.split("_")[0] in ("messages", "octets")}


# And from these it cannot be taken at all.
OF_WHOLE_RUNS = {name for name in CATALOGUE if name.startswith("air_")}


def quantile(ordered, share):
    """Linear between samples (type 7, as in summary.json)."""
    at = (len(ordered) - 1) * share
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def rows(folder, name):
    """The rows of a result file, as dictionaries of texts."""
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def nanoseconds(text):
    """A time of a result file (seconds, nine decimals) as an integer, so that nothing is rounded."""
    whole, _, fraction = text.partition(".")
    return int(whole + fraction.ljust(9, "0")[:9])


def latency_metrics(found, prefix, latencies, names):
    """Adds mean and quantiles of latencies (ns) in ms."""
    if not latencies:
        return
    ordered = sorted(latencies)
    values = {"mean": sum(ordered) / len(ordered), "min": ordered[0], "max": ordered[-1]}
    values.update((name, quantile(ordered, share)) for name, share in QUANTILES)
    for name in names:
        found[f"{prefix}_{name}"] = values[name] / 1e6


def key_updates(folder, warmup, found):
    """Metrics of key-updates.csv; updates of keys made in the warm-up are left out."""
    begin = int(warmup * 1e9)
    outcomes = {"msk": {}, "mtk": {}}
    latencies = {"msk": [], "mtk": []}
    legs = {}
    for row in rows(folder, "key-updates.csv"):
        generated = nanoseconds(row["generated_s"])
        if generated < begin:
            continue
        kind = row["kind"]
        outcomes[kind][row["outcome"]] = outcomes[kind].get(row["outcome"], 0) + 1
        if row["outcome"] != "installed":
            continue
        latencies[kind].append(nanoseconds(row["installed_s"]) - generated)
        at = generated
        for column, leg in STAGES:
            if row[column]:
                end = nanoseconds(row[column])
                total = legs.setdefault((kind, leg), [0, 0])
                total[0] += end - at
                total[1] += 1
                at = end
    for kind in ("msk", "mtk"):
        count = sum(outcomes[kind].values())
        found[f"{kind}_updates"] = count
        for outcome in ("installed", "lost", "rejected", "left", "pending"):
            found[f"{kind}_{outcome}"] = outcomes[kind].get(outcome, 0)
        if count:
            found[f"{kind}_installed_share"] = outcomes[kind].get("installed", 0) / count
        latency_metrics(found, f"{kind}_latency", latencies[kind],
                        ("mean", "min", "p50", "p95", "p99", "max"))
    for (kind, leg), (total, count) in legs.items():
        found[f"{kind}_leg_{leg}"] = total / count / 1e6


def traffic(folder, warmup, found):
    """Metrics of traffic-over-time.csv; packets sent in the warm-up are left out."""
    begin = int(warmup * 1e9)
    columns = ["expected", "delivered", "in_flight"] + [f"lost_{cause}" for cause in CAUSES]
    sometimes = [f"lost_{cause}" for cause in SOMETIMES]
    sums = dict.fromkeys(columns, 0)
    for row in rows(folder, "traffic-over-time.csv"):
        if nanoseconds(row["time_s"]) >= begin:
            for column in columns:
                sums[column] += int(row[column] if column not in sometimes else row.get(column, 0))
    found.update(sums)
    found["lost"] = sum(sums[f"lost_{cause}"] for cause in CAUSES)
    if sums["expected"]:
        found["delivery_ratio"] = sums["delivered"] / sums["expected"]
        found["loss"] = found["lost"] / sums["expected"]
        for cause in CAUSES:
            found[f"loss_{cause}"] = sums[f"lost_{cause}"] / sums["expected"]


def signalling(folder, warmup, found):
    """Metrics of signalling.csv or, with a warm-up, of messages.csv; nothing if that is missing."""
    counts = {}
    if warmup > 0:
        begin = int(warmup * 1e9)
        if not os.path.exists(os.path.join(folder, "messages.csv")):
            return
        for row in rows(folder, "messages.csv"):
            if nanoseconds(row["time_s"]) >= begin:
                entry = counts.setdefault(row["interface"], [0, 0])
                entry[0] += 1
                entry[1] += int(row["bytes"])
    else:
        for row in rows(folder, "signalling.csv"):
            entry = counts.setdefault(row["interface"], [0, 0])
            entry[0] += int(row["count"])
            entry[1] += int(row["bytes"])
    found["messages"] = sum(entry[0] for entry in counts.values())
    found["octets"] = sum(entry[1] for entry in counts.values())
    for interface in INTERFACES:
        entry = counts.get(interface, [0, 0])
        found[f"messages_{interface}"] = entry[0]
        found[f"octets_{interface}"] = entry[1]


def joins(folder, found):
    """Metrics of joins.csv. No warm-up is taken from them: UEs join at the beginning."""
    latencies = {"installed_s": [], "refused_s": []}
    attempts = 0
    for row in rows(folder, "joins.csv"):
        attempts += 1
        for column, of_column in latencies.items():
            if row[column]:
                of_column.append(nanoseconds(row[column]) - nanoseconds(row["requested_s"]))
    found["joins"] = attempts
    found["joined"] = len(latencies["installed_s"])
    found["refused"] = len(latencies["refused_s"])
    names = ("mean", "p50", "p95", "max")
    latency_metrics(found, "join_latency", latencies["installed_s"], names)
    latency_metrics(found, "refusal_latency", latencies["refused_s"], names)


def mobility(folder, warmup, found):
    """Metrics of mobility.csv, without what began in the warm-up; nothing if UEs kept their cells."""
    if not os.path.exists(os.path.join(folder, "mobility.csv")):
        return
    begin = int(warmup * 1e9)
    causes = {"handover": "handovers", "t304": "handover_failures", "rlf": "radio_link_failures",
              "access": "access_failures"}
    found.update(dict.fromkeys([*causes.values(), "cell_changes"], 0))
    interruptions = []
    for row in rows(folder, "mobility.csv"):
        if nanoseconds(row["lost_s"]) < begin:
            continue
        if row["cause"] in causes:
            found[causes[row["cause"]]] += 1
        if row["next_gnb"] not in ("", row["gnb"]):
            found["cell_changes"] += 1
        if row["interruption_ms"]:
            interruptions.append(float(row["interruption_ms"]) * 1e6)
    latency_metrics(found, "interruption", interruptions, ("mean", "p50", "p95", "max"))


def air(folder, found):
    """Metrics of cells.csv, of the whole run; nothing if cells had no slots."""
    if not os.path.exists(os.path.join(folder, "cells.csv")):
        return
    sums = {}
    for row in rows(folder, "cells.csv"):
        for column, value in row.items():
            sums[column] = sums.get(column, 0) + int(value)
    for kind, _ in AIR_KINDS:
        for what in ("blocks", "octets", "transmissions"):
            found[f"air_{what}_{kind}"] = (sums[f"ptm_{what}"] + sums[f"ptp_{what}"]
                                           if kind == "multicast" else sums[f"{kind}_{what}"])
    found["air_feedback"] = sums["harq_feedback"]
    found["air_switches"] = sums["switches"]


def measure(folder, warmup):
    """All metrics of a run's folder, but for those of its cost, which the caller knows."""
    found = {}
    key_updates(folder, warmup, found)
    traffic(folder, warmup, found)
    if found["msk_updates"]:
        found["lost_no_key_per_update"] = found["lost_no_key"] / found["msk_updates"]
        found["lost_queue_per_update"] = found["lost_queue"] / found["msk_updates"]
    signalling(folder, warmup, found)
    joins(folder, found)
    air(folder, found)
    mobility(folder, warmup, found)
    if found["joined"]:
        found["lost_no_key_per_join"] = found["lost_no_key"] / found["joined"]
    with open(os.path.join(folder, "summary.json"), encoding="utf-8") as file:
        found["events"] = json.load(file)["performance"]["events"]
    return found
