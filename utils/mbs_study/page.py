# SPDX-License-Identifier: GPL-2.0-only
"""One HTML file of a study or a run that opens from disk: nothing is loaded from anywhere."""

import base64
import html
import importlib.machinery
import importlib.util
import io
import json
import os

import matplotlib.pyplot as plt

from . import callflow, metrics, quantities
from .misuse import Misuse
from .runs import command_of, open_folder, words_of
from .style import STYLE

STYLE_SHEET = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1b1b; margin: 0 auto; max-width: 68rem;
       padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p.question { font-size: 1.1rem; margin-top: 0; color: #333; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .87rem; } th { text-align: left; background: #f2f4f6; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #ddd; white-space: nowrap; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
td.path { white-space: normal; overflow-wrap: anywhere; }
figure { margin: 1rem 0; } figure img { max-width: 100%; height: auto; }
figcaption { color: #555; font-size: .87rem; } .bad { color: #b00020; font-weight: 600; }
.good { color: #00643c; } pre { background: #f6f7f8; padding: .8rem; overflow-x: auto; }
summary { cursor: pointer; } nav a { margin-right: 1rem; }
@media print { details { display: none; } }
"""
# More rows are left to the files.
MOST_RUNS = 500


def escape(text):
    """A text in HTML."""
    return html.escape(str(text))


def picture(made, caption):
    """A figure inside the page, with what it shows in words."""
    octets = io.BytesIO()
    with plt.rc_context(STYLE):
        made.savefig(octets, format="svg", metadata={"Date": None})
    plt.close(made)
    return embed(octets.getvalue(), caption)


def embed(svg, caption):
    """An SVG picture as a data URI: in a document of its own, its names clash with no other's."""
    data = base64.b64encode(svg).decode()
    return (f'<figure><img alt="{escape(caption)}" src="data:image/svg+xml;base64,{data}">'
            f"<figcaption>{escape(caption)}</figcaption></figure>")


def table(head, rows, numbers=True):
    """A table; cells that begin with a digit stand on the right."""
    text = ['<div class="wide"><table><thead><tr>']
    text += [f"<th>{escape(cell)}</th>" for cell in head]
    text.append("</tr></thead><tbody>")
    for row in rows:
        text.append("<tr>")
        for cell in row:
            number = numbers and str(cell)[:1].isdigit()
            long = len(str(cell)) > 60
            kind = ' class="n"' if number and not long else ' class="path"' if long else ""
            text.append(f"<td{kind}>{escape(cell)}</td>")
        text.append("</tr>")
    text.append("</tbody></table></div>")
    return "".join(text)


def section(identity, title, *parts):
    """A section of the page."""
    return identity, title, f'<section id="{identity}"><h2>{escape(title)}</h2>' + "".join(
        part for part in parts if part) + "</section>"


def document(title, question, sections):
    """The whole page."""
    links = "".join(f'<a href="#{identity}">{escape(name)}</a>' for identity, name, _ in sections)
    return ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "img-src data:; style-src 'unsafe-inline'\">"
            f"<title>{escape(title)}</title><style>{STYLE_SHEET}</style></head><body>"
            f"<header><h1>{escape(title)}</h1>"
            + (f'<p class="question">{escape(question)}</p>' if question else "")
            + f"<nav>{links}</nav></header><main>"
            + "\n".join(text for _, _, text in sections) + "</main></body></html>\n")


# ----------------------------------------------------------------------------------------- study


def forms_section(study, results):
    """The closed forms and whether the study meets them."""
    rows = []
    for row in results.comparisons():
        rows.append([study.label(study.points[row["point"]]), row["metric"],
                     quantities.short(row["expected"], 6),
                     quantities.with_interval(row["mean"], row["half"]), row["count"],
                     row["tolerance"], "agrees" if row["agrees"] else "DIFFERS"])
    if not rows:
        return None
    return section("forms", "Closed forms", table(
        ["point", "metric", "closed form", "mean", "runs", "tolerance", "verdict"], rows))


def provenance_section(results):
    """With what the runs were made, and each of them."""
    records = results.records
    made = {}
    for record in records:
        for key, value in record["provenance"].items():
            if key not in ("command_line", "rng_run"):
                made.setdefault(key, set()).add(str(value))
    facts = [[key, ", ".join(sorted(values))] for key, values in made.items()]
    cpu = sum(record["cost"]["cpu_s"] for record in records)
    facts += [["runs", len(records)], ["processor time of all runs", f"{cpu:.1f} s"],
              ["largest memory of a run", f"{max(r['cost']['peak_rss_bytes'] for r in records) / 1e6:.0f} MB"],
              ["sets of attributes", len({record["attributes"] for record in records})]]
    rows = [[record["id"], record["point"], record["rng_run"], f"{record['cost']['cpu_s']:.2f}",
             f"{record['cost']['peak_rss_bytes'] / 1e6:.0f}",
             words_of(record)] for record in records[:MOST_RUNS]]
    more = f"<p>and {len(records) - MOST_RUNS} more in results.sqlite</p>" \
        if len(records) > MOST_RUNS else ""
    return section("provenance", "Provenance", table(["", ""], facts),
                   "<details><summary>Every run</summary>",
                   table(["run", "point", "RngRun", "CPU (s)", "memory (MB)", "command"], rows),
                   more, "</details>")


def of_study(folder):
    """The page of a study's folder."""
    from .command import study_in

    study, results = study_in(folder)
    if not results.records:
        raise Misuse(f"{folder.path}: no run is complete; ./mbs sweep does them")
    head, rows, notes = results.table()
    sections = [section("results", "Results", table(head, rows),
                        "".join(f"<p>{escape(note)}</p>" for note in notes))]
    forms = forms_section(study, results)
    sections += [forms] if forms else []
    pictures = []
    for entry in study.figures:
        path = folder.at("figures", entry["name"] + ".svg")
        if os.path.exists(path):
            with open(path, "rb") as file:
                pictures.append(embed(file.read(), entry.get("title", entry["name"])))
    if pictures:
        sections.append(section("figures", "Figures", *pictures))
    flow = flow_section([folder.at("runs", record["id"]) for record in results.records],
                        study.warmup)
    if flow and not any(entry["kind"] == "call-flow" for entry in study.figures):
        sections.append(flow)
    failures = [[record["problem"], command_of(record)]
                for record in results.failures.values()]
    if failures:
        sections.append(section("failures", "Failed runs", table(["problem", "command"], failures)))
    sections.append(provenance_section(results))
    sections.append(section("study", "Study", f"<pre>{escape(study.text)}</pre>"))
    return document(study.name, study.question, sections)


def flow_section(folders, warmup):
    """The call flows of the first of these runs that wrote its messages."""
    for path in folders:
        if not os.path.exists(os.path.join(path, "messages.csv")):
            continue
        pictures = []
        for kind in ("msk", "mtk"):
            try:
                flow = callflow.read(path, kind, warmup)
                pictures.append(picture(callflow.draw(flow), f"Call flow of an update: {flow.title}"))
            except Misuse:
                # This run has no such update.
                continue
        return section("flow", "Call flow", *pictures) if pictures else None
    return None


# ------------------------------------------------------------------------------------------- run


def plot_program():
    """utils/mbs-plot, whose figures of a run are drawn here too."""
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "mbs-plot")
    loader = importlib.machinery.SourceFileLoader("mbs_plot", path)
    spec = importlib.util.spec_from_loader("mbs_plot", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def flatten(table_of, prefix=""):
    """Names and values of nested tables, in rows."""
    rows = []
    for key, value in table_of.items():
        if isinstance(value, dict):
            rows += flatten(value, f"{prefix}{key}.")
        else:
            rows.append([prefix + key, json.dumps(value) if isinstance(value, (list, bool))
                         else "" if value is None else value])
    return rows


def of_run(folder):
    """The page of a run's folder."""
    plot = plot_program()
    try:
        summary = plot.read_summary(folder)
        keys = plot.read_csv(folder, "key-updates.csv", plot.KEY_COLUMNS)
        traffic = plot.read_csv(folder, "traffic-over-time.csv", plot.TRAFFIC_COLUMNS)
    except plot.Misuse as error:
        raise Misuse(str(error)) from None
    scenario = plot.describe(summary)
    with plt.rc_context(plot.STYLE):
        pictures = [picture(plot.latency_figure(keys, scenario), "Latency of key updates by leg"),
                    picture(plot.loss_figure(traffic, keys, scenario), "Packet loss over time")]
    rows = []
    for kind, entry in summary.get("key_updates", {}).items():
        latency = entry.get("latency_ms", {}) or {}
        rows.append([kind.upper(), entry.get("count", ""), entry.get("installed", "")]
                    + [quantities.short(latency.get(name)) for name in
                       ("mean", "p50", "p95", "p99", "max")])
    sections = [section("results", "Results", table(
        ["key updates", "count", "installed", "mean (ms)", "p50", "p95", "p99", "max"], rows),
        table(["packets", ""], flatten(summary.get("traffic", {})))),
        section("figures", "Figures", *pictures)]
    flow = flow_section([folder], 0.0)
    sections += [flow] if flow else []
    messages = [[row["interface"], row["message"], row["count"], row["bytes"]]
                for row in metrics.rows(folder, "signalling.csv")] \
        if os.path.exists(os.path.join(folder, "signalling.csv")) else []
    if messages:
        sections.append(section("signalling", "Signalling", table(
            ["interface", "message", "count", "octets"], messages)))
    for identity, title in (("scenario", "Scenario"), ("provenance", "Provenance"),
                            ("performance", "Cost of the run")):
        if summary.get(identity):
            sections.append(section(identity, title, table(["", ""], flatten(summary[identity]))))
    return document(os.path.basename(os.path.abspath(folder)), scenario, sections)


def write(path, out=None):
    """Writes the page of a folder; its path."""
    if os.path.isdir(path) and os.path.exists(os.path.join(path, "study.toml")):
        text = of_study(open_folder(path))
    else:
        text = of_run(path)
    target = out or os.path.join(path, "report.html")
    try:
        with open(target + ".part", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(target + ".part", target)
    except OSError as error:
        raise Misuse(f"{target}: cannot be written ({error.strerror})") from None
    return target
