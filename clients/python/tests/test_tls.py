"""A rig behind its gate: keys, roles, and the same session through Python's own TLS."""

import json
import os
import subprocess
import tempfile
import unittest
from unittest import mock

import hilrig
from hilrig import program

from support import owner, rig, until


class GateTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._home = tempfile.TemporaryDirectory(prefix="hilrig-keys-")
        cls._environment = mock.patch.dict(os.environ, XDG_CONFIG_HOME=cls._home.name)
        cls._environment.start()
        for name in ("default", "driver", "watcher", "stranger"):
            made = _hilrig("keys", "new", "--name", name).split("\n")
            line = next(text for text in made if text.startswith("hilrig-key-1 "))
            role = {"driver": "admin", "watcher": "observe"}.get(name)
            if role is not None:
                _hilrig("keys", "allow", line, "--role", role)
            if name == "default":
                cls.line = line
        cls._bridge = subprocess.Popen(
            [program.find(), "bridge", rig().agent_address, "--listen", "127.0.0.1:0",
             "--supervised"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.ready = json.loads(cls._bridge.stdout.readline())

    @classmethod
    def tearDownClass(cls):
        cls._bridge.stdin.close()
        cls._bridge.wait()
        cls._bridge.stdout.close()
        cls._environment.stop()
        cls._home.cleanup()

    def test_an_owner_drives_through_the_gate_by_the_clock_of_the_rigs_machine(self):
        with owner():
            pass  # Waits until the rig is free.
        session = until(bool, lambda: self._own("driver"))
        with session:
            tunnel = session._link.endpoint.tunnel
            self.assertLessEqual(  # One machine: the offset is nothing but its error.
                abs(tunnel.clock_offset_nanoseconds), tunnel.clock_uncertainty_nanoseconds)
            session.rearm()
            before = session.arm().counts.accepted
            goal = session.goal + [0.1, 0, 0, 0, 0, 0]
            state = session.move_to(goal)
            self.assertGreater(state.counts.accepted - before, 3)
            self.assertTrue(session.stop().stop_acknowledged)

    def test_a_key_that_may_observe_does_and_no_more(self):
        with self._connect("watcher") as observer:
            self.assertEqual(observer.read().position.shape, (6,))
            self.assertTrue(observer.stop().stop_acknowledged, "a stop is for every key")
        with self.assertRaises(hilrig.RefusedError) as refused:
            self._connect("watcher", "owner")
        self.assertEqual(refused.exception.reason, "role")

    def test_a_key_that_is_not_allowed_comes_to_nothing(self):
        with self.assertRaises(hilrig.ProtocolError) as error:
            self._connect("stranger")
        self.assertIn("hilrig keys allow", error.exception.remedy)

    def test_a_gate_with_another_key_is_not_spoken_to(self):
        with self.assertRaises(hilrig.ProtocolError) as error:
            hilrig.connect(self._address(), key="watcher", server="sha256:" + "0" * 64)
        self.assertEqual(error.exception.found, self.ready["fingerprint"])

    def test_a_known_server_needs_no_fingerprint_and_an_unknown_one_is_refused(self):
        with self.assertRaises(hilrig.ProtocolError) as error:
            hilrig.connect(self._address(), key="watcher")
        self.assertIn("hilrig keys", error.exception.remedy)
        _hilrig("keys", "allow", self.line, "--server", "--name", self._address()[6:])
        with hilrig.connect(self._address(), key="watcher") as observer:
            self.assertEqual(observer.rig_name, "so101-virtual")

    def test_a_key_that_was_not_made_is_a_readable_error(self):
        with self.assertRaises(hilrig.ProtocolError) as error:
            self._connect("nobody")
        self.assertIn("hilrig keys new --name nobody", error.exception.remedy)

    def _address(self):
        return "tls://" + self.ready["gate"].split("://")[-1]

    def _connect(self, key, role="observer", **options):
        return hilrig.connect(
            self._address(), role, period=0.1, key=key, server=self.ready["fingerprint"],
            **options)

    def _own(self, key):
        try:
            return self._connect(key, "owner")
        except hilrig.RefusedError as refusal:
            if refusal.reason != "owned":
                raise
            return None


def _hilrig(*arguments):
    ran = subprocess.run([program.find(), *arguments], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


if __name__ == "__main__":
    unittest.main()
