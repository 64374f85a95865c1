"""Scenarios run by the program, and the results they leave."""

import json
import tempfile
import unittest
from pathlib import Path

import hilrig
from hilrig import results

from support import RIG, ROOT

SHORT = ROOT / "tests" / "Clients.Tests" / "short.yaml"


class ResultTests(unittest.TestCase):
    def test_a_run_is_typed_and_its_folder_says_the_same_again(self):
        with tempfile.TemporaryDirectory() as out:
            runs = hilrig.run(SHORT, rig=RIG, out=out)
            run = runs[0]
            self.assertEqual(len(runs), 1)
            self.assertEqual((runs.verdict, runs.exit_code), (run.verdict, run.verdict.value))
            self.assertTrue(run.passed, run.reason)
            self.assertTrue(run.recording.is_file() and run.report.is_file())
            replies = run.latency["busReply"]
            self.assertTrue(20 <= replies.count <= 100, replies)
            self.assertGreater(replies.p50_us, 0)
            self.assertIsNone(replies.p999_us, "100 samples do not support it")
            self.assertEqual(run.divergence["joint/shoulder_lift/position"].unit, "rad")
            again = results.load(run.folder)
            self.assertEqual(again.latency, run.latency)
            self.assertEqual(again.verdict, run.verdict)
            self.assertEqual(again.details["name"], "short")

            newer = dict(again.details, schemaVersion=99)
            Path(out, "run.json").write_text(json.dumps(newer), encoding="utf-8")
            with self.assertRaises(hilrig.ResultError) as error:
                results.load(out)
            self.assertIn("99", str(error.exception))

    def test_what_the_program_refuses_is_told_in_its_words(self):
        with self.assertRaises(hilrig.ProgramError) as error:
            hilrig.run("absent.yaml")
        self.assertEqual(error.exception.exit_code, 64)
        self.assertIn("absent.yaml", error.exception.found)

    def test_a_run_that_is_given_up_is_aborted_in_order(self):
        with tempfile.TemporaryDirectory() as out:
            hold = ROOT / "tests" / "Rig.Tests" / "Processes" / "hold.yaml"
            run = hilrig.run(hold, rig=RIG, out=out, timeout=2.0)[0]
            self.assertEqual(run.verdict, results.Verdict.Aborted, run.reason)

    def test_a_program_that_is_not_there_is_a_readable_error(self):
        with self.assertRaises(hilrig.ProgramError) as error:
            hilrig.run(SHORT, program="/nowhere/hilrig")
        self.assertIn("HILRIG_PROGRAM", str(error.exception))

    def test_a_folder_without_a_result_and_another_file_are_readable_errors(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(hilrig.ResultError) as error:
                results.load(folder)
            self.assertIn("run.json", error.exception.where)
            for text in ("[]", "{", '{"schemaVersion": 1}'):
                Path(folder, "run.json").write_text(text, encoding="utf-8")
                with self.assertRaises(hilrig.ResultError, msg=text):
                    results.load(folder)


if __name__ == "__main__":
    unittest.main()
