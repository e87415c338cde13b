# SPDX-License-Identifier: GPL-2.0-only
"""What mbs-plot draws and says. Run with /usr/bin/python3 -m unittest discover -s test."""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import sys
import tempfile
import unittest

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "utils", "mbs-plot")

BENCH = """case,figure,value,unit
rekey,"CPU time of an update",88.8,us
flatness,"CPU time of a delivery to 100 UEs",240.0,ns
flatness,"CPU time of a delivery to 1000 UEs",60.0,ns
flatness,"CPU time of a delivery to 10000 UEs",66.0,ns
flatness,"the dearest in the cheapest",4.0,x
"""


def load():
    """Loads the program as a module without leaving byte code beside it."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("mbs_plot", PROGRAM)
    spec = importlib.util.spec_from_loader("mbs_plot", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


mbs_plot = load()

KEYS = (
    "kind,procedure,msk_id,mtk_id,ue,gnb,generated_s,mbsmf_s,smf_s,amf_s,gnb_s,installed_s,"
    "first_use_s,latency_ms,outcome\n"
)
MSK_ROW = (
    "msk,cp,00010002,0001,0,0,20.000000000,20.001000000,20.003000000,20.006000000,20.010000000,"
    "20.015000000,20.100000000,15.000000,installed\n"
)
MTK_ROW = "mtk,cp,00010002,0002,0,0,25.000000000,,,,25.004000000,25.010000000,,10.000000,installed\n"
LOST_ROW = "mtk,cp,00010002,0003,1,0,25.000000000,,,,,,,,lost\n"
TRAFFIC = (
    "time_s,expected,delivered,in_flight,lost_core,lost_queue,lost_radio,lost_no_key,"
    "lost_stale_key,lost_auth,lost_replay\n"
)
COMPARISON = (
    "procedure,mbssf,nmb2,msk_p50_ms,mtk_p50_ms,lost_no_key,octets\n"
    "cp,mbsf,push,15.813000,7.015000,0,408667\n"
    "up,mbstf,internal,,7.013000,7315,474077\n"
)
SUMMARY = {"scenario": {"procedure": "cp", "ues": 2, "radio": "ideal"}}


def intervals(count, no_key=0):
    """Rows of traffic-over-time.csv, 100 ms apart, 200 packets each."""
    return "".join(
        f"{index / 10:.9f},200,{200 - no_key},0,0,0,0,{no_key},0,0,0\n" for index in range(count)
    )


def texts(figure):
    """Every text in a figure."""
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in axes.texts]
        found += [axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()]
        found += [label.get_text() for label in axes.get_yticklabels()]
    for legend in figure.legends:
        found += [text.get_text() for text in legend.get_texts()]
    return found


class Folder(unittest.TestCase):
    """Tests with a folder of results."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        """Writes a result file."""
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def results(self, keys=KEYS + MSK_ROW + MTK_ROW + LOST_ROW, traffic=TRAFFIC + intervals(300)):
        """Writes all result files."""
        self.write("summary.json", json.dumps(SUMMARY))
        self.write("key-updates.csv", keys)
        self.write("traffic-over-time.csv", traffic)

    def run_plot(self, *arguments):
        """Runs the command: exit status, standard output, standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = mbs_plot.main(list(arguments) or [self.folder])
            except SystemExit as end:
                status = end.code
        return status, out.getvalue(), err.getvalue()

    def png(self, name):
        """The octets of a figure."""
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def keys(self):
        """key-updates.csv as the program reads it."""
        return mbs_plot.read_csv(self.folder, "key-updates.csv", mbs_plot.KEY_COLUMNS)

    def traffic(self):
        """traffic-over-time.csv as the program reads it."""
        return mbs_plot.read_csv(self.folder, "traffic-over-time.csv", mbs_plot.TRAFFIC_COLUMNS)


class Figures(Folder):
    """What is drawn."""

    def tearDown(self):
        mbs_plot.plt.close("all")

    def test_both_figures_are_written_and_named(self):
        self.results()
        status, out, err = self.run_plot()
        self.assertEqual((status, err), (0, ""))
        for name in ("latency-by-leg.png", "loss-over-time.png"):
            self.assertIn(name, out)
            self.assertTrue(self.png(name).startswith(b"\x89PNG"))

    def test_a_comparison_has_a_bar_for_each_way_and_says_what_it_shows(self):
        self.write("comparison.csv", COMPARISON)
        status, out, err = self.run_plot()
        self.assertEqual((status, err), (0, ""))
        self.assertIn("comparison.png", out)
        self.assertTrue(self.png("comparison.png").startswith(b"\x89PNG"))
        runs = mbs_plot.read_csv(self.folder, "comparison.csv", mbs_plot.RUN_COLUMNS)
        shown = texts(mbs_plot.comparison_figure(runs))
        for text in ("cp, MBSSF in MBSF, push", "up, MBSSF in MBSTF, internal", "15.8", "7,315", "-"):
            self.assertIn(text, shown)

    def test_deliveries_are_drawn_over_the_size_of_the_group(self):
        self.write("bench.csv", BENCH)
        status, out, err = self.run_plot()
        self.assertEqual((status, err), (0, ""))
        self.assertIn("cost-per-delivery.png", out)
        self.assertTrue(self.png("cost-per-delivery.png").startswith(b"\x89PNG"))
        bench = mbs_plot.read_csv(self.folder, "bench.csv", ["case", "figure", "value"])
        points = mbs_plot.deliveries(bench)
        self.assertEqual(points, [(100, 240.0), (1000, 60.0), (10000, 66.0)])
        shown = texts(mbs_plot.delivery_figure(points))
        for text in ("240 ns, 4.0 x", "60 ns, 1.0 x", "66 ns, 1.1 x", "UEs of the cell"):
            self.assertIn(text, shown)

    def test_the_same_results_give_the_same_octets(self):
        self.results(traffic=TRAFFIC + intervals(300, no_key=3))
        self.run_plot()
        first = [self.png(name) for name in ("latency-by-leg.png", "loss-over-time.png")]
        self.run_plot()
        second = [self.png(name) for name in ("latency-by-leg.png", "loss-over-time.png")]
        self.assertEqual(first, second)

    def test_legs_add_up_to_the_latency(self):
        self.results()
        rows = self.keys()
        legs = mbs_plot.leg_durations(rows[rows["kind"] == "msk"])
        self.assertEqual(
            [name for name, _ in legs],
            [
                "made \u2192 MB-SMF",
                "MB-SMF \u2192 SMF",
                "SMF \u2192 AMF",
                "AMF \u2192 gNB",
                "gNB \u2192 UE",
            ],
        )
        for (_, durations), expected in zip(legs, (1, 2, 3, 4, 5)):
            self.assertAlmostEqual(durations[0], expected, places=6)

    def test_a_stage_that_a_key_does_not_pass_is_no_leg(self):
        self.results()
        rows = self.keys()
        installed = rows[(rows["kind"] == "mtk") & (rows["outcome"] == "installed")]
        legs = mbs_plot.leg_durations(installed)
        self.assertEqual([name for name, _ in legs], ["made \u2192 gNB", "gNB \u2192 UE"])
        self.assertAlmostEqual(legs[0][1][0], 4, places=6)
        self.assertAlmostEqual(legs[1][1][0], 6, places=6)

    def test_the_latency_figure_says_what_it_shows_and_of_how_many(self):
        self.results()
        found = texts(mbs_plot.latency_figure(self.keys(), mbs_plot.describe(SUMMARY)))
        self.assertIn("procedure cp, ues 2, radio ideal", found)
        self.assertIn("MSK by leg, 1 of 1 updates installed", found)
        self.assertIn("MTK by leg, 1 of 2 updates installed", found)
        self.assertIn("time for the leg (ms)", found)
        self.assertIn("15.0 / 15.0 / 15.0", found)

    def test_updates_of_one_kind_alone_are_drawn(self):
        self.results(keys=KEYS + MTK_ROW)
        figure = mbs_plot.latency_figure(self.keys(), "")
        self.assertEqual(len(figure.axes), 2)

    def test_a_run_without_updates_says_so(self):
        self.results(keys=KEYS)
        self.assertEqual(self.run_plot()[0], 0)
        found = texts(mbs_plot.latency_figure(self.keys(), ""))
        self.assertIn("No key was updated in this run.", found)

    def test_a_run_whose_updates_all_failed_says_so(self):
        self.results(keys=KEYS + LOST_ROW)
        found = texts(mbs_plot.latency_figure(self.keys(), ""))
        self.assertIn("None of 1 key updates was installed in this run.", found)

    def test_a_latency_of_zero_is_drawn(self):
        row = MTK_ROW.replace("25.004000000,25.010000000", "25.000000000,25.000000000")
        self.results(keys=KEYS + row.replace("10.000000", "0.000000"))
        self.assertEqual(self.run_plot()[0], 0)
        self.assertIn("0 / 0 / 0", texts(mbs_plot.latency_figure(self.keys(), "")))

    def test_each_cause_that_lost_packets_has_a_panel_with_its_share(self):
        self.results(traffic=TRAFFIC + intervals(300, no_key=3))
        figure = mbs_plot.loss_figure(self.traffic(), self.keys(), "")
        self.assertEqual(len(figure.axes), 1)
        found = texts(figure)
        self.assertIn(
            "no key: the UE never had it \u2014 900 packets, 1.50 % of all expected", found
        )
        self.assertIn("MSK made (1)", found)
        self.assertIn("MTK made (1)", found)
        self.assertIn("when the packet was sent (simulated time, s)", found)

    def test_keys_are_marked_when_they_were_made(self):
        self.results()
        figure = mbs_plot.loss_figure(self.traffic(), self.keys(), "")
        marks = [line.get_xdata()[0] for line in figure.axes[0].lines]
        self.assertEqual(sorted(marks), [20.0, 25.0])

    def test_a_run_without_losses_says_so(self):
        self.results()
        found = texts(mbs_plot.loss_figure(self.traffic(), self.keys(), ""))
        self.assertIn("No packet was lost.", found)

    def test_a_run_without_traffic_says_so(self):
        self.results(traffic=TRAFFIC)
        self.assertEqual(self.run_plot()[0], 0)
        found = texts(mbs_plot.loss_figure(self.traffic(), self.keys(), ""))
        self.assertIn("No UE expected a packet in this run.", found)

    def test_a_single_interval_is_drawn(self):
        self.results(traffic=TRAFFIC + intervals(1, no_key=1))
        self.assertEqual(self.run_plot()[0], 0)

    def test_an_interval_in_which_nothing_was_expected_has_no_loss(self):
        self.results(traffic=TRAFFIC + intervals(2, no_key=1) + "0.2,0,0,0,0,0,0,0,0,0,0\n")
        self.assertEqual(self.run_plot()[0], 0)

    def test_intervals_of_a_long_run_are_joined_and_none_is_dropped(self):
        self.results(traffic=TRAFFIC + intervals(1501, no_key=1))
        joined = mbs_plot.join_intervals(self.traffic())
        self.assertEqual(len(joined), 501)
        self.assertEqual(joined["lost_no_key"].sum(), 1501)
        self.assertAlmostEqual(joined["time_s"].iloc[1], 0.3)
        found = texts(mbs_plot.loss_figure(self.traffic(), self.keys(), ""))
        self.assertTrue(any("intervals of 300 ms" in text for text in found))


class Sentences(Folder):
    """What a user who errs is told."""

    def assert_refused(self, result, sentence):
        """One sentence on standard error, exit status 1, no figure."""
        status, out, err = result
        self.assertEqual(status, 1)
        self.assertEqual(out, "")
        self.assertEqual(err.count("\n"), 1)
        self.assertIn(sentence, err)
        self.assertFalse([name for name in os.listdir(self.folder) if name.endswith(".png")])

    def test_a_folder_without_results(self):
        self.assert_refused(
            self.run_plot(),
            f"mbs-plot: {self.folder}: no summary.json there; run ./mbs run --out={self.folder}"
            " first",
        )

    def test_a_comparison_that_is_something_else(self):
        self.write("comparison.csv", "a,b\n1,2\n")
        self.assert_refused(self.run_plot(), "comparison.csv: has no column procedure")

    def test_a_bench_of_other_cases(self):
        self.write("bench.csv", "case,figure,value,unit\nrekey,\"CPU time\",1.5,s\n")
        self.assert_refused(self.run_plot(), "--case=flatness measures them")

    def test_no_folder(self):
        missing = os.path.join(self.folder, "missing")
        self.assert_refused(self.run_plot(missing), f"mbs-plot: {missing}: no such folder; run")

    def test_no_argument(self):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stderr(err), self.assertRaises(SystemExit) as end:
            mbs_plot.main([])
        self.assert_refused((end.exception.code, out.getvalue(), err.getvalue()), "DIR")

    def test_a_summary_that_is_none(self):
        self.write("summary.json", "{")
        self.assert_refused(self.run_plot(), "cannot be read")
        self.write("summary.json", "[]")
        self.assert_refused(self.run_plot(), "is no summary of a run")

    def test_a_missing_table(self):
        self.write("summary.json", "{}")
        self.assert_refused(self.run_plot(), "no key-updates.csv there")

    def test_an_empty_table(self):
        self.results(keys="")
        self.assert_refused(self.run_plot(), "the file is empty")

    def test_a_table_that_is_something_else(self):
        self.results(keys="a,b\n1,2\n")
        self.assert_refused(self.run_plot(), "has no column kind")
        self.results(keys='kind\n"unclosed\n')
        self.assert_refused(self.run_plot(), "cannot be read")

    def test_a_figure_that_cannot_be_written(self):
        self.results()
        os.mkdir(os.path.join(self.folder, "latency-by-leg.png"))
        status, _, err = self.run_plot()
        self.assertEqual(status, 1)
        self.assertIn("latency-by-leg.png: cannot be written", err)

    def test_help_names_both_figures(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), self.assertRaises(SystemExit) as end:
            mbs_plot.main(["--help"])
        self.assertEqual(end.exception.code, 0)
        self.assertIn("latency-by-leg.png", out.getvalue())
        self.assertIn("loss-over-time.png", out.getvalue())


if __name__ == "__main__":
    unittest.main()
