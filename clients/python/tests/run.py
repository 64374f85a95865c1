"""Runs every test of this folder and prints one line of JSON for each: tests/Clients.Tests reads it.

``python3 -m unittest discover -s clients/python/tests`` runs them for a person.
"""

import json
import sys
import time
import traceback
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]


class Lines(unittest.TestResult):
    """A result that prints itself."""

    def __init__(self):
        super().__init__()
        self._faults = []
        self._skipped = None
        self._started = 0.0

    def startTest(self, test):
        super().startTest(test)
        self._faults, self._skipped, self._started = [], None, time.monotonic()

    def addError(self, test, error):
        self._note(str(test), error)

    def addFailure(self, test, error):
        self._note(str(test), error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self._note(str(subtest), error)

    def addSkip(self, test, reason):
        self._skipped = reason

    def stopTest(self, test):
        super().stopTest(test)
        kind, name = test.id().split(".")[-2:]
        print(json.dumps({
            "test": f"{kind}.{name}",
            "seconds": round(time.monotonic() - self._started, 3),
            "skipped": self._skipped,
            "fault": "\n".join(self._faults) or None,
        }), flush=True)

    def _note(self, name, error):
        self._faults.append(name + "\n" + "".join(traceback.format_exception(*error)))


def main():
    """Prints results to the real standard output; what tests print goes to standard error."""
    suite = unittest.defaultTestLoader.discover(str(FOLDER), pattern="test_*.py")
    suite.run(Lines())
    from support import close_rig

    close_rig()


if __name__ == "__main__":
    main()
