"""Messages, as the corpus that C# is held to as well has them."""

import json
import unittest

from google.protobuf import json_format

from hilrig import states, wire

from support import CORPUS


class WireTests(unittest.TestCase):
    def setUp(self):
        self.corpus = json.loads((CORPUS / "messages.json").read_text(encoding="utf-8"))

    def test_each_message_of_the_corpus_is_these_bytes(self):
        for entry in self.corpus["messages"]:
            with self.subTest(entry["name"]):
                frame = bytes.fromhex(entry["hex"])
                meant = json_format.ParseDict(entry["message"], getattr(wire, entry["type"])())
                self.assertEqual(wire.encode(meant), frame)
                decoded = wire.decode(frame)
                self.assertEqual(decoded.DESCRIPTOR.name, entry["type"])
                self.assertEqual(json_format.MessageToDict(decoded), entry["message"])

    def test_bytes_that_are_no_message_are_none(self):
        for entry in self.corpus["malformed"]:
            with self.subTest(entry["name"]):
                self.assertIsNone(wire.decode(bytes.fromhex(entry["hex"])))

    def test_a_state_of_another_shape_is_none(self):
        joints = (states.Joint("a", "rad"), states.Joint("b", "rad"))
        good = wire.State(
            health=1, stop=1, position=[1, 2], velocity=[0, 0], effort=[0, 0],
            command_counts=[0] * 8, fresh_joints=2)
        self.assertEqual(states.decode(good, joints, 1, 0).fresh.tolist(), [False, True])
        self.assertIsNone(states.decode(good, joints[:1], 1, 0))
        for field, value in (("health", 9), ("stop", 99), ("health", 0)):
            bad = wire.State()
            bad.CopyFrom(good)
            setattr(bad, field, value)
            self.assertIsNone(states.decode(bad, joints, 1, 0), (field, value))
        del good.command_counts[0]
        self.assertIsNone(states.decode(good, joints, 1, 0))

    def test_an_answer_to_another_session_answers_nothing(self):
        joints = (states.Joint("a", "rad"),)
        state = wire.State(
            health=1, stop=1, position=[1], velocity=[0], effort=[0], command_counts=[0] * 8,
            answered_command_sequence=5, answered_session_id=7)
        self.assertEqual(states.decode(state, joints, 7, 0).answered_command_sequence, 5)
        self.assertEqual(states.decode(state, joints, 8, 0).answered_command_sequence, 0)


if __name__ == "__main__":
    unittest.main()
