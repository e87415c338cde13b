# SPDX-License-Identifier: GPL-2.0-only
"""Studies: what is refused, what is worked out, what a killed run leaves."""

import contextlib
import io
import json
import math
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TOP, "utils"))

from mbs_study import batch, command, formula, intervals, metrics, program, quantities  # noqa: E402
from mbs_study.misuse import Misuse, nearest  # noqa: E402
from mbs_study.program import Description  # noqa: E402
from mbs_study.results import Results  # noqa: E402
from mbs_study.runs import Folder, command_of, runs_of  # noqa: E402
from mbs_study.study import Study  # noqa: E402
from mbs_study.sweep import Sweep  # noqa: E402

KEYS = ("kind,procedure,msk_id,mtk_id,ue,gnb,generated_s,mbsmf_s,smf_s,amf_s,gnb_s,installed_s,"
        "first_use_s,latency_ms,outcome\n")
MSK = ("msk,cp,00010002,0001,{ue},0,{at}.000000000,{at}.001000000,{at}.003000000,{at}.006000000,"
       "{at}.010000000,{at}.0{ms}000000,,{ms}.000000,installed\n")
LOST = "msk,cp,00010002,0001,9,0,20.000000000,,,,,,,,lost\n"
TRAFFIC = ("time_s,expected,delivered,in_flight,lost_core,lost_queue,lost_radio,lost_no_key,"
           "lost_stale_key,lost_auth,lost_replay\n")
DESCRIPTION = {
    "program": "mbs-key-update", "module_version": "1", "git_commit": "abc", "ns3_version": "3.37",
    "compiler": "gcc", "compiler_flags": "-O2",
    "result_files": ["summary.json", "key-updates.csv", "traffic-over-time.csv", "signalling.csv",
                     "joins.csv"],
    "options": [{"name": "ues", "type": "count"}, {"name": "duration", "type": "time"},
                {"name": "procedure", "type": "choice"}, {"name": "messages", "type": "flag"},
                {"name": "gnbs", "type": "count"},
                {"name": "fault", "type": "text", "repeatable": True}],
    "global_values": [{"name": "RngSeed"}],
    "attributes": [{"name": "ns3::mbs::Mbstf::ActivationDelay"}],
}
STUDY = """
metrics = ["msk_latency_mean"]
replications = 3
[grid]
ues = [1, 2]
"""


class InFolder(unittest.TestCase):
    """Tests with a folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        """Writes a file and returns its path."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def study(self, text=STUDY, name="such.toml"):
        """A study of this text."""
        return Study(self.write(name, text))

    def results(self, at=20):
        """Writes the result files of a run."""
        self.write("key-updates.csv", KEYS + MSK.format(ue=0, at=5, ms=99)
                   + MSK.format(ue=0, at=at, ms=15) + MSK.format(ue=1, at=at, ms=17) + LOST)
        self.write("traffic-over-time.csv", TRAFFIC + "5.000000000,100,0,0,0,0,100,0,0,0,0\n"
                   "20.000000000,200,190,2,0,0,5,3,0,0,0\n")
        self.write("signalling.csv", "interface,message,count,bytes\nN11,a,2,300\nN11,b,1,50\n"
                   "N2,c,4,10\n")
        self.write("messages.csv", "time_s,from,to,interface,message,bytes\n"
                   "5.000000000,SMF-0,AMF,N11,a,150\n20.000000000,SMF-0,AMF,N11,a,150\n")
        self.write("joins.csv", "ue,gnb,requested_s,installed_s,latency_ms,outcome,refused_s,tmgi\n"
                   "0,0,0.500000000,0.540000000,40.000000,joined,,x\n0,0,0.5,,,pending,,x\n"
                   "1,0,0.500000000,,,rejected:not_authorized,0.525000000,x\n")
        self.write("summary.json", json.dumps({"performance": {"events": 7},
                                               "provenance": {"command_line": "x"},
                                               "traffic": {"conserved": True}}))


class Refusals(InFolder):
    """What is wrong in a study is said before the first run."""

    def assert_refused(self, text, sentence, check=False):
        """The study is refused with this sentence."""
        with self.assertRaises(Misuse) as caught:
            study = self.study(text)
            if check:
                self.check(study)
        self.assertIn(sentence, str(caught.exception))
        self.assertNotIn("\n", str(caught.exception))

    def check(self, study):
        """Checks a study against a program that describes itself as above, has no --check, and takes
        no 7 gNBs for 2 UEs."""
        path = os.path.join(self.folder, "bin", "mbs-key-update")
        self.write("bin/description", json.dumps(DESCRIPTION))
        self.write("bin/mbs-key-update", "#!/bin/sh\ncase \"$*\" in *ues=0*)\n"
                   "echo '--ues=0: must be a whole number' >&2; exit 1;; *ues=2*gnbs=7*)\n"
                   "echo '--gnbs=7: must not be above --ues' >&2; exit 1;; *ues=3*)\n"
                   "kill -9 $$;; esac\n"
                   f"cat {self.folder}/bin/description\n")
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        os.environ["MBS_PROGRAMS"] = os.path.dirname(path)
        return study.check_program()

    def test_a_misspelt_metric(self):
        self.assert_refused('metrics = ["msk_latncy_mean"]', "did you mean msk_latency_mean?")

    def test_a_misspelt_key(self):
        self.assert_refused('metric = ["loss"]', "no key 'metric'; did you mean metrics?")

    def test_a_misspelt_option(self):
        self.assert_refused(STUDY.replace("ues", "uess"), "no option of mbs-key-update 'uess'; did "
                            "you mean ues?", True)
        self.assert_refused(STUDY.replace("ues", '"ns3::mbs::Mbstf::ActivatonDelay"'),
                            "did you mean ns3::mbs::Mbstf::ActivationDelay?", True)

    def test_a_misspelt_figure(self):
        self.assert_refused(STUDY + '[[figure]]\nkind = "distributon"', "did you mean distribution?")
        self.assert_refused(STUDY + '[[figure]]\nkind = "parameter"\nx = "us"\ny = "loss"',
                            "did you mean ues?")
        self.assert_refused(STUDY + '[[figure]]\nkind = "parameter"\nx = "ues"\ny = "expcted"',
                            "did you mean expected?")
        self.assert_refused(STUDY + '[[figure]]\nkind = "parameter"\nx = "ues"\ny = "loss"\n'
                            'panel = "ues"', "no key 'panel'")

    def test_a_value_that_the_program_refuses(self):
        self.assert_refused(STUDY.replace("[1, 2]", "[0, 2]"), "--ues=0: must be a whole number",
                            True)

    def test_options_that_do_not_go_together_at_some_point(self):
        study = 'metrics = ["loss"]\n[grid]\nues = [{}]\ngnbs = [{}]'
        self.assert_refused(study.format("1, 2", "1, 7"), "--gnbs=7: must not be above --ues, at "
                            "point 3 (ues 2, gnbs 7)", True)
        self.assertEqual(len(self.check(self.study(study.format("1, 2", "1, 6"))).points), 4)
        self.assert_refused(study.format("1, 3", "1"), "ended by signal 9, at point 1 (ues 3, gnbs "
                            "1)", True)

    def test_a_program_that_checks_is_asked_to_and_not_to_run(self):
        self.addCleanup(DESCRIPTION["options"].remove, {"name": "check"})
        DESCRIPTION["options"].append({"name": "check"})
        self.assertEqual(Description(DESCRIPTION).check_words(), ["--quiet", "--check"])
        self.assert_refused(STUDY + "[options]\ncheck = true", "is not a study's to set", True)

    def test_an_option_that_is_the_sweeps(self):
        self.assert_refused(STUDY.replace("ues", "RngRun"), "is not a study's to set", True)

    def test_a_program_that_has_no_such_results(self):
        before = DESCRIPTION["result_files"]
        self.addCleanup(DESCRIPTION.update, result_files=before)
        DESCRIPTION["result_files"] = ["comparison.csv"]
        self.assert_refused(STUDY, "writes no summary.json", True)

    def test_lists_that_do_not_fit(self):
        self.assert_refused('metrics = ["loss"]\n[paired]\nues = [1, 2]\ngnbs = [1]',
                            "must be as long as each other, not 1 and 2")
        self.assert_refused('metrics = ["loss"]\n[grid]\nues = []', "grid.ues must be a list")
        self.assert_refused('metrics = ["loss"]\n[grid]\nues = [1, 1]', "two points")
        self.assert_refused('metrics = ["loss"]\n[options]\nues = 1\n[grid]\nues = [1]',
                            "ues is in [options] and in [grid]")

    def test_numbers_that_make_no_sense(self):
        self.assert_refused(STUDY + "[precision]\nloss = 0.1", "precision.limit must be")
        self.assert_refused(STUDY + "[precision]\nloss = -1\nlimit = 9", "must be a half-width")
        self.assert_refused(STUDY + "[precision]\nexpcted = 1\nlimit = 9", "did you mean expected?")
        self.assert_refused('replications = 0\nmetrics = ["loss"]', "replications = 0 must be")
        self.assert_refused('replications = true\nmetrics = ["loss"]', "must be a whole number")
        self.assert_refused('warmup = "soon"\nmetrics = ["loss"]', "must be a time")
        self.assert_refused('metrics = []', "metrics is empty")
        self.assert_refused('question = "?"', "there is no metrics")

    def test_a_condition_that_no_point_has(self):
        form = STUDY + '[[closed_form]]\nmetric = "loss"\nvalue = 1\nwhere = {{ {} }}'
        self.assert_refused(form.format("us = 1"), "did you mean ues?")
        self.assert_refused(form.format("ues = [1, 7]"), "no point has ues = 7")

    def test_a_warmup_that_cannot_be_taken_away(self):
        self.assert_refused('warmup = "5s"\nmetrics = ["octets_N2"]', "set messages = true")
        self.assert_refused('warmup = "5s"\nmetrics = ["air_blocks_ptm"]', "is of whole runs")
        self.assert_refused('warmup = "5s"\n' + STUDY + '[[figure]]\nkind = "signalling"',
                            "set messages = true")

    def test_what_is_no_study(self):
        self.assert_refused("= 1", "is no TOML")
        with self.assertRaises(Misuse) as caught:
            Study(self.folder)
        self.assertIn("cannot be read (Is a directory", str(caught.exception))

    def test_lists_that_are_none(self):
        self.assert_refused('metrics = "loss"', 'metrics = \'loss\' must be a list such as ["loss"]')
        for name in ("figure", "closed_form", "list"):
            self.assert_refused(f'metrics = ["loss"]\n[{name}]\nues = 1', f"each below [[{name}]]")

    def test_a_mark_of_the_encoding_is_no_part_of_the_study(self):
        self.assertEqual(self.study("\ufeff" + STUDY.lstrip()).metrics, ["msk_latency_mean"])

    def test_a_misspelt_study(self):
        for name, meant in (("latncy.toml", "latency-vs-group-size.toml"),
                            ("storm", "signalling-storm.toml"), ("mini.toml", "mine.toml")):
            self.write("mine.toml", STUDY)
            with self.assertRaises(Misuse) as caught:
                Study(os.path.join(self.folder, name))
            self.assertRegex(str(caught.exception), f"there is no study '.*{name}'; did you mean "
                             f".*{meant}\\?")
        with self.assertRaises(Misuse) as caught:
            Study("qqq")
        self.assertRegex(str(caught.exception), "these are: .*loss-vs-lead-time.toml, ")

    def test_formulas(self):
        form = STUDY + '[[closed_form]]\nmetric = "loss"\nvalue = "{}"'
        self.assert_refused(form.format("us * 2"), "did you mean ues?")
        self.assert_refused(form.format("__import__('os')"), "formulas have the functions")
        self.assert_refused(form.format("ues.real"), "only arithmetic")
        self.assert_refused(form.format("1 +"), "is no formula")
        self.assert_refused(form.format("1 if not ues else 2"), "only arithmetic and a if b else c")
        self.assert_refused(form.format("~ues"), "only arithmetic")
        self.assert_refused(form.format("(" * 500 + "1" + ")" * 500), "is no formula")

    def test_a_name_in_a_formula_that_two_options_share(self):
        options = STUDY + '"ns3::mbs::Smf::ServiceTime" = [2]\n"ns3::mbs::Ue::ServiceTime" = [3]\n' \
            '[[closed_form]]\nmetric = "loss"\nvalue = "{}"'
        self.assert_refused(options.format("ServiceTime"), "'ServiceTime' is more than one option; say "
                            "Smf_ServiceTime or Ue_ServiceTime")
        study = self.study(options.format("Smf_ServiceTime * 10 + Ue_ServiceTime + ues"))
        self.assertEqual(formula.evaluate(study.forms[0]["value"], study.points[0]), 24)

    def test_formulas_without_a_value_at_some_point(self):
        form = STUDY + '[[closed_form]]\nmetric = "loss"\nvalue = "{}"'
        self.assert_refused(form.format("1 / (ues - 2)"), "has no value at")
        self.assert_refused(form.format("10.0 ** (400 * ues)"), "has no value at")
        self.assert_refused(form.format("9 ** 9 ** 9"), "has no value at")
        self.assert_refused(form.format("1e999 * ues"), "it is inf")

    def test_a_form_for_no_point(self):
        self.assert_refused('metrics = ["loss"]\n[[list]]\nues = 1\ngnbs = 1\n[[list]]\nues = 2\n'
                            'gnbs = 2\n[[closed_form]]\nmetric = "loss"\nvalue = 1\n'
                            'where = { ues = 1, gnbs = 2 }', "no point has all")

    def test_grids_and_limits_that_are_too_large(self):
        values = str(list(range(300)))
        self.assert_refused('metrics = ["loss"]\n[grid]\n' + "".join(
            f"{name} = {values}\n" for name in ("ues", "gnbs", "smfs", "workers")),
            "that is 40500000000 runs; at most 100000")
        self.assert_refused(STUDY + "[precision]\nloss = 1\nlimit = 50001", "at most 100000")

    def test_values_of_a_wrong_kind(self):
        self.assert_refused('metrics = [["loss"]]', "no metric")
        self.assert_refused('metrics = ["loss"]\nwarmup = nan', "must be a time")
        self.assert_refused('metrics = ["loss"]\nwarmup = inf', "must be a time")
        self.assert_refused(STUDY + "[precision]\nloss = nan\nlimit = 9", "must be a half-width")
        figure = STUDY + '[[figure]]\nkind = "loss-over-time"\n'
        self.assert_refused(figure + 'causes = ["no_keys"]', "did you mean no_key?")
        self.assert_refused(figure + 'before = "soon"', "must be a time")
        self.assert_refused(figure + 'height = "tall"', "height")
        self.assert_refused(figure.replace("loss-over-time", "distribution") + "log = 5",
                            "log = 5 must be x")
        self.assert_refused(figure.replace("loss-over-time", "signalling") + 'log = "xy"',
                            "log = 'xy' must be x")
        self.assert_refused(figure.replace("loss-over-time", "call-flow") + "height = 3",
                            "no key 'height'")
        flow = STUDY + '[options]\nmessages = true\n[[figure]]\nkind = "call-flow"\n'
        self.assert_refused(flow + 'width = "single"', 'a call flow needs width = "double"')
        self.assertEqual(self.study(flow).figures[0]["width"], "double")
        parameter = STUDY + '[[figure]]\nkind = "parameter"\nx = "ues"\ny = "loss"\nlog = '
        self.assert_refused(parameter + '"z"', "log = 'z' must be x or y or xy")
        self.assertEqual(self.study(parameter + '"xy"').figures[0]["log"], "xy")
        self.assert_refused('metrics = ["loss"]\nwarmup = true', "must be a time")
        self.assert_refused('metrics = ["loss"]\nwarmup = "5Mbps"', "must be a time")
        self.assert_refused('metrics = ["loss"]\nwarmup = "ideal"', "must be a time")
        self.assert_refused(STUDY + '[precision]\nloss = "1.2.3%"\nlimit = 9', "must be a half-width")
        form = STUDY + '[[closed_form]]\nmetric = "loss"\nvalue = 1\ntolerance = '
        for value in ('"1.2.3%"', '"%"', '"-1%"', "-0.1", "nan", "inf"):
            self.assert_refused(form + value, 'must be "interval", a number or a share')
        self.assert_refused('metrics = ["loss"]\n[options]\nprocedure = "c\\u0000p"', "no command line")
        self.assert_refused("replications = 1" + "0" * 5000, "is no TOML")
        self.assert_refused("metrics = " + "[" * 5000 + "]" * 5000, "nested too deeply")

    def test_a_figure_over_an_option_that_a_point_lacks(self):
        points = 'metrics = ["loss"]\n[[list]]\nues = 1\n[[list]]\ngnbs = 1\n[[figure]]\n' \
            'kind = "parameter"\nx = "ues"\ny = "loss"\n'
        self.assert_refused(points, "point 1 (gnbs 1) has no ues")
        self.assertEqual(len(self.study(points + "only = { ues = 1 }").figures), 1)

    def test_values_from_the_environment(self):
        os.environ["NS_ATTRIBUTE_DEFAULT"] = "ns3::mbs::Mbstf::ActivationDelay=0s"
        self.addCleanup(os.environ.pop, "NS_ATTRIBUTE_DEFAULT")
        self.assert_refused(STUDY, "NS_ATTRIBUTE_DEFAULT is set", True)

    def test_a_warmup_as_long_as_a_run(self):
        self.assert_refused('warmup = "9s"\n' + STUDY + '[options]\nduration = "9s"\n',
                            "leaves nothing", True)

    def test_a_figure_of_files_that_are_not_kept(self):
        self.assert_refused('keep = ["summary.json"]\n' + STUDY
                            + '[[figure]]\nkind = "distribution"', "keep does not name", True)

    def test_a_figure_has_a_name_that_files_may_have(self):
        study = self.study(STUDY + '[[figure]]\nkind = "distribution"', "of <b>.toml")
        self.assertEqual(study.figures[0]["name"], "of--b--distribution")

    def test_lists_for_options_that_take_one_value(self):
        study = 'metrics = ["loss"]\n[options]\n'
        self.assert_refused(study + "gnbs = [1, 2]", "gnbs = ['1', '2'] must be one value; lists of "
                            "values, each for a point of its own, belong below [grid]", True)
        self.assert_refused(study + "gnbs = []", "must be one value")
        self.assert_refused(study + "fault = [[1], 2]", "must be one value")
        self.check(self.study(study + 'fault = ["n2:down@1s", "n11:down@2s"]'))

    def test_a_right_study_is_taken(self):
        study = self.check(self.study(STUDY + '[options]\nduration = "10s"\n'))
        self.assertEqual([point["ues"] for point in study.points], ["1", "2"])
        self.assertEqual(study.points[0]["duration"], "10s")


class Points(InFolder):
    """The points of a study, and its runs."""

    def test_grid_paired_and_list_are_combined(self):
        study = self.study('metrics = ["loss"]\n[grid]\na = [1, 2]\n[paired]\nb = [1, 2]\n'
                           'c = [3, 4]\n[[list]]\nd = "x"\n[[list]]\nd = "y"\ne = true\n')
        self.assertEqual(len(study.points), 8)
        self.assertEqual(study.points[1], {"a": "1", "b": "1", "c": "3", "d": "y", "e": "true"})

    def test_a_condition_picks_points_by_a_value_or_a_list(self):
        study = self.study(STUDY.replace("[1, 2]", "[1, 2, 3]"))
        picked = [[index for index, point in enumerate(study.points)
                   if study.matches(point, condition)]
                  for condition in ({}, {"ues": 2}, {"ues": [1, 3]}, {"gnbs": 1})]
        self.assertEqual(picked, [[0, 1, 2], [1], [0, 2], []])

    def test_an_option_may_have_several_values_at_one_point(self):
        study = self.study('metrics = ["loss"]\nreplications = 1\n[options]\nfault = ["a@1s", "b@2s"]\n'
                           '[grid]\nevent = [["c@1s", "d@2s"], "e@3s"]')
        self.assertEqual([run.words() for run in runs_of(study, [1, 1])],
                         [["--fault=a@1s", "--fault=b@2s", "--event=c@1s", "--event=d@2s", "--RngRun=1"],
                          ["--fault=a@1s", "--fault=b@2s", "--event=e@3s", "--RngRun=1"]])
        self.assertEqual(study.label(study.points[0]), "event c@1s, d@2s")

    def test_a_run_is_known_by_what_is_run(self):
        study = self.study()
        first = runs_of(study, [3, 3])
        more = runs_of(self.study(STUDY.replace("[1, 2]", "[0, 1, 2]")), [3, 3, 3])
        self.assertEqual([run.id for run in first], [run.id for run in more[3:]])
        self.assertEqual(len({run.id for run in more}), 9)
        self.assertEqual(first[1].words(), ["--ues=1", "--RngRun=2"])


class Measures(InFolder):
    """Metrics against numbers reckoned by hand."""

    def test_all_is_counted_without_a_warmup(self):
        self.results()
        found = metrics.measure(self.folder, 0)
        self.assertEqual((found["msk_updates"], found["msk_installed"], found["msk_lost"]),
                         (4, 3, 1))
        self.assertEqual(found["msk_latency_max"], 99)
        self.assertAlmostEqual(found["msk_latency_mean"], (99 + 15 + 17) / 3)
        self.assertEqual((found["expected"], found["lost"]), (300, 108))
        self.assertEqual((found["octets"], found["octets_N11"], found["messages_N2"]), (360, 350, 4))
        self.assertEqual((found["joins"], found["joined"], found["join_latency_mean"]), (3, 1, 40))
        self.assertEqual((found["refused"], found["refusal_latency_mean"]), (1, 25))
        self.assertEqual(found["events"], 7)

    def test_a_warmup_is_left_out(self):
        self.results()
        found = metrics.measure(self.folder, 10.0)
        self.assertEqual((found["msk_updates"], found["msk_latency_max"]), (3, 17))
        self.assertEqual((found["msk_latency_p50"], found["msk_latency_min"]), (16, 15))
        self.assertEqual((found["expected"], found["lost"], found["loss_no_key"]),
                         (200, 8, 3 / 200))
        self.assertEqual((found["octets"], found["messages_N11"]), (150, 1))

    def test_legs_add_up_to_the_latency(self):
        self.results()
        found = metrics.measure(self.folder, 10.0)
        self.assertEqual([found[f"msk_leg_{leg}"] for leg in metrics.LEGS["msk"]],
                         [1, 2, 3, 4, 6])
        self.assertNotIn("mtk_latency_mean", found)

    def test_what_cells_sent_is_summed(self):
        self.results()
        self.assertNotIn("air_blocks_ptm", metrics.measure(self.folder, 0))
        columns = ["gnb", "ptm_packets", "harq_feedback", "switches"] + [
            f"{kind}_{what}" for kind in ("ptm", "ptp", "signalling", "data")
            for what in ("transmissions", "blocks", "octets")]
        self.write("cells.csv", ",".join(columns) + "\n0,1,4,1,10,100,1000,20,200,2000,1,2,3,0,0,0\n"
                   "1,1,5,2,1,10,100,0,0,0,4,5,6,0,0,0\n")
        found = metrics.measure(self.folder, 0)
        self.assertEqual((found["air_blocks_ptm"], found["air_blocks_ptp"],
                          found["air_blocks_multicast"]), (110, 200, 310))
        self.assertEqual((found["air_octets_signalling"], found["air_transmissions_ptm"]), (9, 11))
        self.assertEqual((found["air_feedback"], found["air_switches"]), (9, 3))
        self.assertFalse(set(found) - set(metrics.CATALOGUE))

    def test_cells_that_ues_lost_are_counted_by_cause(self):
        self.results()
        self.assertNotIn("handovers", metrics.measure(self.folder, 0))
        self.write("mobility.csv",
                   "ue,gnb,lost_s,cause,next_gnb,found_s,listening_s,interruption_ms\n"
                   "0,0,4.000000000,handover,1,4.020000000,4.050000000,50.000000\n"
                   "0,1,10.000000000,rlf,1,10.200000000,,\n"
                   "0,1,11.200000000,access,0,11.400000000,11.430000000,1430.000000\n"
                   "1,1,12.000000000,handover,0,12.020000000,,\n"
                   "1,0,12.500000000,t304,,,,\n")
        found = metrics.measure(self.folder, 10.0)
        self.assertEqual([found[name] for name in ("handovers", "handover_failures", "cell_changes",
                                                   "radio_link_failures", "access_failures")],
                         [1, 1, 2, 1, 1])
        self.assertEqual((found["interruption_mean"], found["interruption_max"]), (1430, 1430))
        self.assertEqual(metrics.measure(self.folder, 0)["interruption_mean"], 740)
        self.assertFalse(set(found) - set(metrics.CATALOGUE))

    def test_every_metric_is_in_the_catalogue(self):
        self.results()
        self.assertFalse(set(metrics.measure(self.folder, 0)) - set(metrics.CATALOGUE))


class Statistics(unittest.TestCase):
    """Intervals and tests against published values."""

    def test_half_width_by_students_t(self):
        # t(0.975, 4) = 2.776 in every table; the sample has a standard deviation of sqrt(2.5).
        mean, half = intervals.student([1, 2, 3, 4, 5])
        self.assertEqual(mean, 3)
        self.assertAlmostEqual(half, 2.776 * math.sqrt(2.5) / math.sqrt(5), places=3)

    def test_one_value_has_no_interval_and_equal_values_have_none_to_speak_of(self):
        self.assertTrue(math.isnan(intervals.student([4])[1]))
        self.assertEqual(intervals.student([4, 4, 4]), (4, 0))

    def test_p_value(self):
        # t = 2.132 is the 95 % quantile with 4 degrees of freedom: 10 % on both sides.
        expected = 3 - 2.132 * math.sqrt(2.5) / math.sqrt(5)
        self.assertAlmostEqual(intervals.p_value([1, 2, 3, 4, 5], expected), 0.1, places=3)
        self.assertEqual(intervals.p_value([2, 2], 2), 1)
        self.assertEqual(intervals.p_value([2, 2], 2.1), 0)

    def test_holm(self):
        # Holm (1979): each compared with the level over what is left, up to the first not rejected.
        self.assertEqual(intervals.holm([0.01, 0.04, 0.03, 0.005]), [True, False, False, True])
        self.assertEqual(intervals.holm([0.02, 0.02, 0.02]), [False] * 3)
        self.assertEqual(intervals.holm([]), [])

    def test_the_interval_covers_the_mean_in_nineteen_of_twenty(self):
        import random

        draw = random.Random(1)
        hits = 0
        for _ in range(2000):
            mean, half = intervals.student([draw.gauss(5, 2) for _ in range(6)])
            hits += abs(mean - 5) <= half
        self.assertTrue(1860 <= hits <= 1940, hits)


class Quantities(unittest.TestCase):
    """Numbers with units."""

    def test_units(self):
        for text, value in (("20us", 2e-5), ("1.5h", 5400), ("2Mbps", 2e6), ("7", 7),
                            ("fixed:0.05", 0.05), ("ideal", 0), (3, 3), ("cp", None),
                            ("ns3::ConstantRandomVariable[Constant=0.2]", 0.2), ("5 lots", None)):
            found = quantities.number(text)
            self.assertEqual(found if value is None else round(found, 12), value, text)

    def test_a_formula_is_in_si_units(self):
        point = {"ns3::mbs::Mbstf::MtkMessageInterval": "500ms", "ues": "4", "procedure": "cp"}
        self.assertEqual(formula.evaluate("MtkMessageInterval / 2 * 1e3", point), 250)
        self.assertEqual(formula.evaluate("3 if procedure == 'cp' else 4", point), 3)
        self.assertEqual(formula.evaluate("max(ues, 2 ** 3) % 5", point), 3)

    def test_intervals_are_rounded_for_people(self):
        self.assertEqual(quantities.with_interval(12.3456, 0.0234), "12.346 \u00b1 0.023")
        self.assertEqual(quantities.with_interval(1234.5, 34.0), "1,234 \u00b1 34")

    def test_the_nearest_name(self):
        self.assertEqual(nearest("Duration", ["duration", "ues"]), "duration")
        self.assertIsNone(nearest("xyz", ["duration", "ues"]))


class Rounds(InFolder):
    """More runs where it is not precise enough."""

    def more(self, values, wanted, limit=20):
        """How many runs of each point are wanted next, and whether any was added."""
        from mbs_study.sweep import Sweep

        study = self.study(STUDY + f"[precision]\nlimit = {limit}\nmsk_latency_mean = {wanted}\n")
        study.description = Description(DESCRIPTION)
        work = Sweep(study, self.folder, 1)
        work.counts = [len(entry) for entry in values]
        work.values = lambda metric: values
        return work.more(), work.counts

    def test_a_point_that_is_precise_gets_no_more(self):
        self.assertEqual(self.more([[5, 5, 5], [4, 4.01, 3.99]], 0.5), (False, [3, 3]))

    def test_others_get_more_but_at_most_twice_as_many_and_no_more_than_the_limit(self):
        self.assertEqual(self.more([[5, 5, 5], [1, 9, 5]], 0.5), (True, [3, 6]))
        self.assertEqual(self.more([[5, 5, 5], [1, 9, 5]], 0.5, 4), (True, [3, 4]))
        self.assertEqual(self.more([[5, 5, 5], [1, 9, 5]], 0.5, 3), (False, [3, 3]))

    def test_a_half_width_may_be_relative_to_the_mean(self):
        values = [[100, 101, 99], [100, 101, 99]]
        half = intervals.student(values[0])[1]
        self.assertEqual(self.more(values, f'"{half + 0.1:.2f}%"')[0], False)
        self.assertEqual(self.more(values, f'"{half - 0.1:.2f}%"'), (True, [4, 4]))


class Print(InFolder):
    """Figures for a paper."""

    def test_fonts_are_embedded_and_sizes_are_those_of_columns(self):
        from mbs_study import style

        for width, inches in (("single", 3.5), ("double", 7.16)):
            made, axes = style.figure(width, 2)
            axes[0].set_xlabel("latency \u2192 (ms)")
            png, pdf, _ = style.save(made, self.folder, "figure")
            with open(png, "rb") as file:
                header = file.read(24)
            self.assertEqual(int.from_bytes(header[16:20], "big"), round(inches * 300))
            with open(pdf, "rb") as file:
                octets = file.read()
            self.assertIn(b"/FontFile2", octets)
            self.assertNotIn(b"/Type3", octets)
            self.assertIn(f"/MediaBox [ 0 0 {inches * 72:g}".encode(), octets)

    def test_the_same_figure_has_the_same_octets(self):
        from mbs_study import style

        found = []
        for _ in range(2):
            made, axes = style.figure("single", 2)
            axes[0].plot([1, 2])
            octets = []
            for path in style.save(made, self.folder, "x"):
                with open(path, "rb") as file:
                    octets.append(file.read())
            found.append(octets)
        self.assertEqual(found[0], found[1])


    def test_an_axis_has_the_unit_of_its_times_whoever_draws(self):
        from mbs_study import figures

        for values, title in (('["19s", "20050ms"]', "mskInterval (s)"),
                              ('["5ms", "20ms"]', "mskInterval (ms)"), ("[1, 2]", "mskInterval")):
            study = self.study(STUDY.replace("ues = [1, 2]", f"mskInterval = {values}"))
            self.assertIsNone(study.description)
            self.assertEqual(figures.option_title(study, "mskInterval"), title)

    def test_a_legend_lies_over_no_curve(self):
        from mbs_study import style

        for curves, moves in (([[0, 0], [0, 1]], False), ([[0, 9], [9, 0], [5, 5], [2, 7]], True)):
            made, panels = style.figure("double", 2.5, 2)
            for axes in panels:
                for number, curve in enumerate(curves):
                    axes.plot(range(2), curve, label=f"a long name of curve {number}")
                # One that lies over nothing stays.
                axes.set_ylim(0, 10)
            style.place_legends(made, [(axes, {"title": "which"}) for axes in panels])
            self.assertEqual(made.get_figheight() > 2.5, moves)
            made.canvas.draw()
            for axes in panels:
                self.assertFalse(style.covers(axes.get_legend()), curves)
            # The axes are about as high as before.
            self.assertGreater(panels[0].get_window_extent().height / made.dpi, 1.7)
            style.plt.close(made)

    def test_a_legend_lies_over_no_bar_and_no_interval(self):
        from mbs_study import style

        made, (axes,) = style.figure("single", 2.5)
        axes.barh([0, 1, 2, 3], [9, 9, 9, 9], height=0.9, label="bars")
        style.place_legends(made, [(axes, {"loc": "lower right"})])
        made.canvas.draw()
        self.assertFalse(style.covers(axes.get_legend()))
        made, (axes,) = style.figure("single", 2.5)
        axes.errorbar(range(9), [5] * 9, yerr=[5] * 9, label="intervals")
        style.place_legends(made, [(axes, {})])
        made.canvas.draw()
        self.assertFalse(style.covers(axes.get_legend()))
        style.plt.close("all")


class ByHand(unittest.TestCase):
    def test_a_check_without_programs_says_so_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("check-report", "check-sweep", "check-slurm"):
                os.makedirs(os.path.join(folder, "test"), exist_ok=True)
                copy = shutil.copy(os.path.join(TOP, "test", name), os.path.join(folder, "test"))
                clean = {key: value for key, value in os.environ.items() if key != "MBS_BUILD_DIR"}
                for environment, build in ((clean, f"{os.path.realpath(folder)}/build"),
                                           ({**clean, "MBS_BUILD_DIR": "/nowhere"}, "/nowhere")):
                    done = subprocess.run([copy], env=environment, capture_output=True, text=True,
                                          check=False)
                    self.assertEqual(done.returncode, 2, name)
                    self.assertEqual(done.stdout + done.stderr,
                                     f"{name}: no program {build}/examples/mbs-key-update: build it, "
                                     "or say in MBS_BUILD_DIR where\n")


class Flows(InFolder):
    """Call flows from messages."""

    def test_messages_of_a_kind_are_one_arrow_with_their_number(self):
        from mbs_study import callflow

        self.results()
        self.write("messages.csv", "time_s,from,to,interface,message,bytes\n"
                   "19.999999999,MB-SMF,SMF,N16mb,earlier,1\n"
                   "20.001000000,MB-SMF,SMF,N16mb,notify,9\n20.002000000,SMF-0,,SBI,control,9\n"
                   "20.003000000,SMF-0,AMF,N11,transfer,9\n20.003000000,SMF-1,AMF,N11,transfer,9\n"
                   "20.010000000,gNB-1,UE-7,N1,COMMAND,9\n21.000000000,MB-SMF,SMF,N16mb,later,1\n")
        flow = callflow.read(self.folder, "msk", 10.0)
        self.assertEqual(flow.lifelines(), ["UE", "gNB", "AMF", "SMF", "MB-SMF"])
        self.assertEqual([step[1:] for step in flow.steps],
                         [("MB-SMF", "SMF", "N16mb: notify", 1), ("SMF", "AMF", "N11: transfer", 2),
                          ("gNB", "UE", "N1: COMMAND", 1)])
        self.assertIn("2 of 3 UEs have it after 17.000 ms", flow.title)
        callflow.draw(flow)

    def test_a_run_without_messages_or_updates_says_so(self):
        from mbs_study import callflow

        self.results()
        with self.assertRaises(Misuse) as caught:
            callflow.read(self.folder, "mtk")
        self.assertIn("no MTK was updated", str(caught.exception))
        os.remove(os.path.join(self.folder, "messages.csv"))
        with self.assertRaises(Misuse) as caught:
            callflow.read(self.folder, "msk")
        self.assertIn("run the program with --messages", str(caught.exception))


PROGRAM = """#!/bin/sh
for word; do case $word in --out=*) out=${word#--out=};; --RngRun=*) run=${word#--RngRun=};; esac; done
mkdir "$out"
cp SOURCE/*.csv "$out"
[ "$run" != 3 ] || { echo "mbs: it went wrong" >&2; exit 1; }
[ "$run" != 4 ] || kill -9 $$
cp SOURCE/summary.json "$out"
"""


class Origins(InFolder):
    """With what runs were made."""

    def test_another_build_of_a_program_has_another_digest(self):
        os.environ["MBS_PROGRAMS"] = self.folder
        found = []
        for text in ("#!/bin/sh\n", "#!/bin/sh\n", "#!/bin/sh\nexit 1\n"):
            os.chmod(self.write("one", text), 0o755)
            found.append(program.digest("one"))
        self.assertEqual(found[0], found[1])
        self.assertNotEqual(found[1], found[2])

    def test_a_misspelt_program(self):
        os.environ["MBS_PROGRAMS"] = self.folder
        os.chmod(self.write("mbs-key-update", "#!/bin/sh\n"), 0o755)
        for name, sentence in (("mbs-key-updat", "did you mean mbs-key-update?"),
                               ("", "these are: mbs-key-update"), ("..", "these are: ")):
            with self.assertRaises(Misuse) as caught:
                program.path_of(name)
            self.assertIn(sentence, str(caught.exception))


class Batches(InFolder):
    """What runs leave: all or nothing."""

    def setUp(self):
        super().setUp()
        source = self.folder
        self.results()
        with open(os.path.join(source, "summary.json"), encoding="utf-8") as file:
            summary = json.load(file)
        summary["provenance"] = {key: "x" for key in ("git_commit", "ns3_version", "compiler",
                                                      "compiler_flags", "openssl")}
        summary["provenance"]["rng_seed"] = 1
        self.write("summary.json", json.dumps(summary))
        self.write("attributes.csv", "attribute,value\nns3::a::B,1\nRngRun,5\n")
        path = self.write("bin/program", PROGRAM.replace("SOURCE", source))
        os.chmod(path, 0o755)
        self.out = Folder(os.path.join(source, "out"))
        self.out.make()
        self.out.write("snakemake/token", "one")
        self.stamps = None
        self.runs = runs_of(self.study(STUDY.replace("replications = 3", "replications = 4")
                                       .replace("[1, 2]", "[1]")), [4])

    def run_batch(self, token="one", keep="all"):
        """Runs all runs in a batch: exit status."""
        path = os.path.join(self.folder, "bin/program")
        self.out.write("snakemake/list.json", json.dumps(
            {"study": self.out.path, "token": token, "path": path,
             "stamps": self.stamps or {path: program.stamp(path)},
             "warmup": 0, "keep": keep, "tasks": [run.task() for run in self.runs]}))
        return batch.main([self.out.at("snakemake", "list.json"), self.out.at("snakemake", "done")])

    def test_complete_runs_are_kept_and_failures_listed(self):
        self.assertEqual(self.run_batch(), 1)
        self.assertEqual(sorted(os.listdir(self.out.at("runs"))),
                         sorted(run.id for run in self.runs[:2]))
        failures = self.out.failures()
        self.assertEqual(failures[self.runs[2].id]["problem"], "mbs: it went wrong")
        self.assertEqual(failures[self.runs[3].id]["problem"], "ended by signal 9")
        record = self.out.result(self.runs[0], 0)
        self.assertEqual(record["metrics"]["msk_lost"], 1)
        self.assertGreater(record["cost"]["peak_rss_bytes"], 0)
        self.assertEqual(set(record["hashes"]), {"key-updates.csv", "traffic-over-time.csv",
                                                 "signalling.csv", "messages.csv", "joins.csv",
                                                 "summary.json"})

    def test_a_program_that_is_built_anew_meanwhile_leaves_no_result(self):
        path = os.path.join(self.folder, "bin/program")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        # The second run sees the build.
        self.write("bin/program", text + f"[ ! -d {self.out.at('runs', self.runs[0].id)} ] || "
                   "echo >>$0\n")
        self.stamps = {path: program.stamp(path)}
        self.assertEqual(self.run_batch(), 1)
        self.assertEqual(os.listdir(self.out.at("runs")), [self.runs[0].id])
        self.assertEqual(self.out.failures(), {})
        self.assertFalse(os.path.exists(self.out.at("snakemake", "done")))

    def test_attributes_are_kept_once_for_all_replications(self):
        self.run_batch()
        kept = os.listdir(self.out.at("attributes"))
        self.assertEqual(len(kept), 1)
        for run in self.runs[:2]:
            self.assertEqual(self.out.result(run, 0)["attributes"] + ".csv", kept[0])

    def test_what_is_there_is_not_done_again(self):
        self.run_batch()
        path = self.out.at("runs", self.runs[0].id, "run.json")
        before = os.stat(path).st_mtime_ns
        self.run_batch()
        self.assertEqual(os.stat(path).st_mtime_ns, before)

    def test_a_folder_without_a_record_is_no_result(self):
        os.makedirs(self.out.at("runs", self.runs[0].id + ".77.part"))
        self.assertIsNone(self.out.result(self.runs[0], 0))

    def test_what_a_killed_sweep_left_running_stops(self):
        self.assertEqual(self.run_batch(token="two"), 1)
        self.assertEqual(os.listdir(self.out.at("runs")), [])
        self.assertEqual(self.out.failures(), {})

    def test_a_batch_that_another_sweep_overtook_is_not_done(self):
        # The program, while it runs, sees a later sweep begin.
        path = self.write("bin/program", "#!/bin/bash\n"
                          f"echo -n two >{self.out.at('snakemake', 'token')}\nexit 1\n")
        os.chmod(path, 0o755)
        self.assertEqual(self.run_batch(), 1)
        self.assertFalse(os.path.exists(self.out.at("snakemake", "done")))
        self.assertEqual(self.out.failures(), {})

    def test_a_run_that_another_has_done_meanwhile_is_no_failure(self):
        self.runs = self.runs[:1]
        with open(os.path.join(self.folder, "bin/program"), encoding="utf-8") as file:
            program = file.read()
        final = self.out.at("runs", self.runs[0].id)
        self.write("bin/program", program + f"mkdir -p {final}\necho '{{}}' >{final}/run.json\n")
        self.assertEqual(self.run_batch(), 0)
        self.assertEqual(self.out.failures(), {})

    def test_lists_of_one_sweep_are_not_those_of_another(self):
        study = self.study()
        study.description = Description(DESCRIPTION)
        one = Sweep(study, os.path.join(self.folder, "swept"))
        one.begin()
        os.makedirs(one.folder.at("snakemake", one.token, "batches"))
        one.lock.close()
        two = Sweep(study, os.path.join(self.folder, "swept"))
        two.begin()
        self.assertNotEqual(one.token, two.token)
        self.assertFalse(os.path.exists(one.folder.at("snakemake", one.token)))
        two.lock.close()

    def test_only_the_files_wanted_are_kept(self):
        self.run_batch(keep=["summary.json"])
        self.assertEqual(sorted(os.listdir(self.out.at("runs", self.runs[0].id))),
                         ["run.json", "summary.json"])

    def test_another_warmup_is_reckoned_anew_from_the_files(self):
        self.run_batch()
        self.assertEqual(self.out.result(self.runs[0], 10.0)["metrics"]["msk_updates"], 3)
        self.run_batch(keep=["summary.json"])
        os.remove(self.out.at("runs", self.runs[0].id, "key-updates.csv"))
        self.assertIsNone(self.out.result(self.runs[0], 0))

    def test_hashes_do_not_see_what_differs_between_equal_runs(self):
        one = batch.hashes(self.folder)["summary.json"]
        with open(os.path.join(self.folder, "summary.json"), encoding="utf-8") as file:
            summary = json.load(file)
        summary["performance"]["events"] = 99
        self.write("summary.json", json.dumps(summary))
        self.assertEqual(batch.hashes(self.folder)["summary.json"], one)
        summary["traffic"]["conserved"] = False
        self.write("summary.json", json.dumps(summary))
        self.assertNotEqual(batch.hashes(self.folder)["summary.json"], one)

    def test_failures_are_those_of_the_study_as_it_is_now(self):
        self.run_batch()
        study = self.study(STUDY.replace("[1, 2]", "[1]"))
        self.assertEqual(list(Results(study, self.out, [4]).failures),
                         [run.id for run in self.runs[2:]])
        study = self.study(STUDY.replace("[1, 2]", "[7]"))
        self.assertEqual(Results(study, self.out, [4]).failures, {})

    def test_a_figure_that_cannot_be_drawn_keeps_no_other_from_being_drawn(self):
        from mbs_study import figures

        self.run_batch()
        study = self.study(STUDY.replace("[1, 2]", "[1, 7]") + """
[[figure]]
kind = "distribution"
name = "none"
only = { ues = 7 }
[[figure]]
kind = "distribution"
name = "some"
""")
        written, problems = figures.draw_all(study, Results(study, self.out, [4, 4]), self.out)
        self.assertEqual([os.path.basename(name) for name in written], ["some.png"])
        self.assertEqual(problems, ["figure none: no run of its points is complete"])

    def test_a_title_that_is_no_formula_keeps_no_other_figure_from_being_drawn(self):
        from mbs_study import figures

        self.run_batch()
        study = self.study(STUDY.replace("[1, 2]", "[1]") + '[[figure]]\nkind = "distribution"\n'
                           'name = "broken"\ntitle = "from $\\\\frac{$"\n'
                           '[[figure]]\nkind = "distribution"\nname = "some"\n')
        written, problems = figures.draw_all(study, Results(study, self.out, [4]), self.out)
        self.assertEqual([os.path.basename(name) for name in written], ["some.png"])
        self.assertRegex(problems[0], "^figure broken: cannot be drawn [^\n]*$")

    def test_a_run_counts_for_the_point_that_a_changed_study_has_it_at(self):
        self.run_batch()
        for values, point in (("[7, 1]", 1), ("[1, 7]", 0)):
            results = Results(self.study(STUDY.replace("[1, 2]", values)), self.out, [3, 3])
            self.assertEqual(len(results.values(point, "loss")), 2)
            self.assertEqual(len(results.values(1 - point, "loss")), 0)

    def test_random_variables_in_tables_and_commands(self):
        name, value = "ns3::mbs::Ue::ServiceTime", "ns3::UniformRandomVariable[Min=0|Max=1]"
        study = self.study(f'metrics = ["loss"]\nreplications = 1\n[grid]\n"{name}" = ["{value}"]')
        self.runs = runs_of(study, [1])
        self.run_batch()
        results = Results(study, self.out, [1])
        self.assertIn("[Min=0\\|Max=1] |", results.markdown())
        self.assertIn("[Min=0\\textbar{}Max=1] &", results.latex())
        self.assertEqual(command_of(results.records[0], "x"),
                         f"./mbs run mbs-key-update '--{name}={value}' --RngRun=1 --out=x")
        results.write()
        import sqlite3

        base = sqlite3.connect(self.out.at("results.sqlite"))
        self.assertEqual(base.execute("select command from runs").fetchone(),
                         (f"mbs-key-update '--{name}={value}' --RngRun=1",))
        base.close()

    def test_the_table_says_whether_the_limit_was_reached(self):
        self.runs = runs_of(self.study(STUDY.replace("[1, 2]", "[1]")), [2])
        self.run_batch()
        study = self.study(STUDY.replace("[1, 2]", "[1]") + "[precision]\nloss = 1e-9\nlimit = 9")
        for run, loss in zip(self.runs, (0.25, 0.5)):
            record = self.out.result(run, 0)
            record["metrics"]["loss"] = loss
            self.out.write(os.path.join("runs", run.id, "run.json"), json.dumps(record))
        study.metrics = ["loss"]
        self.assertIn("not reached yet", Results(study, self.out, [2]).markdown())
        study.limit = 2
        results = Results(study, self.out, [2])
        self.assertIn("*: the wanted half-width (loss 1e-09) was not reached with 2 runs",
                      results.markdown())
        # As it is printed, and not in a comment of the file.
        printed = [line for line in results.latex().split("\n") if not line.startswith("%")]
        self.assertIn("$^{*}$: the wanted half-width (loss 1e-09) was not reached with 2 runs, the "
                      "limit.\\par", printed)
        self.assertIn("Mean over replications", results.latex())

    def test_results_are_one_csv_and_one_database(self):
        import sqlite3

        import pandas as pd

        self.run_batch()
        study = self.study(STUDY.replace("[1, 2]", "[1]") + '[[closed_form]]\n'
                           'metric = "msk_latency_max"\nvalue = "99 * ues"\ntolerance = 0.5')
        study.description = Description(DESCRIPTION)
        results = Results(study, self.out, [4])
        results.write()
        table = pd.read_csv(self.out.at("results.csv"))
        self.assertEqual(list(table.columns), ["point", "ues", "replication", "rng_run", "run",
                                               "metric", "value", "unit"])
        self.assertEqual(list(table[table["metric"] == "msk_lost"]["value"]), [1, 1])
        base = sqlite3.connect(self.out.at("results.sqlite"))
        self.assertEqual(base.execute("select avg(value) from results where metric='lost'")
                         .fetchone(), (108,))
        self.assertEqual(base.execute("select distinct ues from results where ues = 1").fetchall(),
                         [(1,)])
        self.assertEqual(base.execute("select count(*), min(git_commit) from runs").fetchone(),
                         (2, "x"))
        base.close()
        with open(self.out.at("table.md"), encoding="utf-8") as file:
            text = file.read()
        self.assertIn("| 1 | 43.667 \u00b1 0 | 2 |", text)
        self.assertIn("2 runs failed", text)
        with open(self.out.at("table.tex"), encoding="utf-8") as file:
            self.assertIn("msk\\_latency\\_mean (ms)", file.read())
        self.assertTrue(results.comparisons()[0]["agrees"])
        # Comparisons of a study that has no closed form any more do not stay.
        self.assertTrue(os.path.exists(self.out.at("closed-forms.csv")))
        study.forms = []
        results.write()
        self.assertFalse(os.path.exists(self.out.at("closed-forms.csv")))


class Namesakes(InFolder):
    """Studies of the same name in two folders do not share results."""

    def test_another_study_of_the_same_name_is_refused(self):
        one, two = self.study(name="one/such.toml"), self.study(name="two/such.toml")
        results = Folder(os.path.join(self.folder, "results"))
        os.makedirs(results.path)
        command.refuse_namesake(one, results)
        self.write("results/name.json", json.dumps({"name": "such", "file": os.path.realpath(one.where)}))
        command.refuse_namesake(one, results)
        # A copy has the same runs.
        command.refuse_namesake(two, results)
        other = self.study(STUDY.replace("[1, 2]", "[3]"), "two/such.toml")
        with self.assertRaises(Misuse) as refused:
            command.refuse_namesake(other, results)
        for word in (one.where, other.where, "--out=DIR"):
            self.assertIn(word, str(refused.exception))
        self.assertNotIn("\n", str(refused.exception))
        # A study may be changed, and moved.
        command.refuse_namesake(self.study(STUDY.replace("[1, 2]", "[4]"), "one/such.toml"), results)
        os.remove(one.where)
        command.refuse_namesake(other, results)

    def test_a_sweep_says_so_before_it_touches_anything(self):
        one = self.write("one/such.toml", STUDY)
        two = self.write("two/such.toml", STUDY.replace("[1, 2]", "[3]"))
        self.write("results/such/name.json", json.dumps({"name": "such", "file": os.path.realpath(one)}))
        said = io.StringIO()
        here = os.getcwd()
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stderr(said), \
                    unittest.mock.patch.object(Study, "check_program", lambda study: study):
                self.assertEqual(command.main(["sweep", two]), 1)
        finally:
            os.chdir(here)
        self.assertRegex(said.getvalue(), "^mbs sweep: [^\n]*another study of the same name[^\n]*\n$")
        self.assertEqual(os.listdir(os.path.join(self.folder, "results/such")), ["name.json"])


class CommandLine(unittest.TestCase):
    def test_wrong_arguments_end_with_one_sentence_and_status_1(self):
        for word in ("--jobs=0", "--jobs=two", "--jbs=2"):
            said = io.StringIO()
            with contextlib.redirect_stderr(said), self.assertRaises(SystemExit) as end:
                command.main(["sweep", "studies/validation.toml", word])
            self.assertEqual(end.exception.code, 1)
            self.assertEqual(said.getvalue().count("\n"), 1)
            self.assertIn(word.split("=")[0], said.getvalue())
        self.assertIn("did you mean --jobs?", said.getvalue())


if __name__ == "__main__":
    unittest.main()
