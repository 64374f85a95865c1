"""Observers and owners against the real processes of a virtual rig."""

import json
import math
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import unittest

import numpy as np

import hilrig
from hilrig import wire

import support
from support import CORPUS, DEADMAN, PATIENCE, owner, rig, until


class ObserverTests(unittest.TestCase):
    def test_it_sees_joints_limits_and_states_in_order(self):
        with rig().connect() as observer:
            self.assertEqual(observer.rig_name, "so101-virtual")
            self.assertEqual(observer.joint_names[0], "shoulder_pan")
            self.assertEqual(observer.joints[1].unit, "rad")
            low, high = observer.position_limits
            self.assertEqual((low[1], high[1]), (-1.7, 1.7))
            sequences = [state.sequence for state, _ in zip(observer.states(), range(5))]
            self.assertEqual(sequences, list(range(sequences[0], sequences[0] + 5)))
            state = observer.next()
            self.assertEqual(state.position.shape, (6,))
            self.assertTrue(state.fresh.all())
            self.assertLessEqual(state.sampled_nanoseconds, state.received_nanoseconds)
            with self.assertRaises(ValueError):
                state.position[0] = 1.0

    def test_it_cannot_command_or_arm_and_the_agent_counts_the_try(self):
        with rig().connect() as observer:
            before = observer.next()
            now = time.monotonic_ns()
            observer._link.send(wire.Command(
                session_id=observer.session_id, sequence=1, planned_nanoseconds=now,
                valid_until_nanoseconds=now + 50_000_000, torque_bits=63,
                position=before.position.tolist()))
            state = until(
                lambda state: state.counts.foreign_session > before.counts.foreign_session,
                observer.read)
            self.assertEqual(state.counts.accepted, before.counts.accepted)
            observer._link.post("ARM")
            until(lambda status: status != 0, lambda: observer._link.status_of("ARM"))
            self.assertEqual(
                observer._link.status_of("ARM"), wire.ACKS["ACK_STATUS_NOT_OWNER"])
            self.assertFalse(hasattr(observer, "command"))

    def test_its_stop_stops_the_owner_who_is_told_why(self):
        with owner() as session, rig().connect() as observer:
            session.arm()
            session.hold(0.1)
            state = observer.stop()
            self.assertEqual(state.stop, hilrig.StopReason.REQUESTED)
            self.assertTrue(state.stop_acknowledged)
            with self.assertRaises(hilrig.StoppedError) as stopped:
                session.hold(1.0)
            self.assertEqual(stopped.exception.reason, hilrig.StopReason.REQUESTED)
            self.assertIn("re-arm", stopped.exception.remedy)
            with self.assertRaises(hilrig.StoppedError):
                session.arm()

    def test_states_that_nobody_reads_are_dropped_oldest_first_and_counted(self):
        with rig().connect() as observer:
            state = observer.next()
            observer.flush()
            with observer._link.changed:
                for _ in range(300):
                    observer._link._accept(state)
                self.assertEqual(len(observer._link.queue), 256)
            self.assertGreaterEqual(observer.counters.states_dropped, 44)


class HandshakeTests(unittest.TestCase):
    def test_a_second_owner_is_refused_in_the_agents_words(self):
        with owner(), self.assertRaises(hilrig.RefusedError) as refused:
            rig().connect("owner")
        self.assertEqual(refused.exception.reason, "owned")
        self.assertEqual(refused.exception.what, "the agent already has an owner")
        self.assertIn("last heard", refused.exception.found)
        self.assertIn("observer", refused.exception.remedy)

    def test_an_owner_who_means_another_rig_file_is_refused(self):
        with self.assertRaises(hilrig.RefusedError) as refused:
            rig().connect("owner", rig=support.ROOT / "rigs" / "so101-usb.yaml")
        self.assertEqual(refused.exception.reason, "rig")

    def test_an_owner_who_means_this_rig_file_is_welcome(self):
        with owner():
            pass  # Waits until the rig is free.
        until(bool, lambda: _may_own(rig=support.RIG))

    def test_a_period_as_long_as_the_deadman_is_refused(self):
        with self.assertRaises(hilrig.RefusedError) as refused:
            rig().connect("owner", period=support.DEADMAN)
        self.assertEqual(refused.exception.reason, "period")

    def test_other_message_definitions_are_refused(self):
        right = wire.SCHEMA.sha256
        wire.SCHEMA.sha256 = bytes(32)
        try:
            with self.assertRaises(hilrig.RefusedError) as refused:
                rig().connect()
        finally:
            wire.SCHEMA.sha256 = right
        self.assertEqual(refused.exception.reason, "schema")

    def test_where_nobody_answers_the_error_says_so_in_time(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            with self.assertRaises(hilrig.SilentError) as error:
                hilrig.connect(f"tcp://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2)
        self.assertIn("within 0.2 s", str(error.exception))

    def test_an_address_that_is_none_is_a_readable_error(self):
        for address in ("127.0.0.1:1", "tcp://host", "tcp://h:65535", "udp://h:1", "tcp://[:1"):
            with self.assertRaises(hilrig.ProtocolError, msg=address) as error:
                hilrig.connect(address)
            self.assertIn("tcp://127.0.0.1", str(error.exception))


class OwnerTests(unittest.TestCase):
    def test_what_it_commands_is_done_and_answered(self):
        with owner() as session:
            before = session.arm().counts.accepted
            home = session.goal
            goal = home + np.array([0.2, 0, 0, 0, 0, 0])
            state = session.move_to(goal, velocity=1.0)
            self.assertGreater(state.answered_command_sequence, 0)
            for _ in session.ticks(1.0):
                state = session.exchange(goal)
            self.assertAlmostEqual(state.position[0], goal[0], delta=0.03)
            self.assertGreater(state.counts.accepted - before, 15)
            stamps = state.stamps
            hops = [stamps.planned, stamps.command_sent, stamps.agent_received, stamps.bus_reply]
            self.assertEqual(hops, sorted(hops))
            self.assertGreater(stamps.planned, 0)

    def test_leaving_the_block_stops_the_rig_and_waits_for_every_servo(self):
        with rig().connect() as observer:
            with owner() as session:
                session.arm()
                session.hold(0.1)
            state = observer.next()
            self.assertTrue(state.is_stopped and state.stop_acknowledged, state)
            self.assertEqual(state.stop, hilrig.StopReason.REQUESTED)

    def test_an_error_in_the_block_stops_the_rig_and_is_not_hidden(self):
        with rig().connect() as observer:
            with self.assertRaises(ZeroDivisionError), owner() as session:
                session.arm()
                session.command(session.goal)
                1 / 0
            self.assertTrue(observer.next().is_stopped)

    def test_each_refusal_of_the_corpus_is_counted_under_its_reason(self):
        corpus = json.loads((CORPUS / "refusals.json").read_text(encoding="utf-8"))
        with owner() as session, support.raw(rig().endpoint) as send:
            seen = set()
            for case in corpus["cases"]:
                with self.subTest(case["name"]):
                    seen.add(case["verdict"])
                    self._judge(session, case, send)
        self.assertEqual(seen, set(hilrig.CommandCounts.__dataclass_fields__))

    def test_the_owner_is_told_of_a_refusal_and_goes_on(self):
        with owner() as session:
            session.arm()
            session.exchange(session.goal)
            good = session.goal
            with self.assertRaises(hilrig.RefusedError) as refused:
                session.exchange(good + [9, 0, 0, 0, 0, 0])
            self.assertEqual(refused.exception.reason, "illegal")
            np.testing.assert_array_equal(session.goal, good)
            session.exchange(good)

    def test_five_illegal_commands_in_a_row_stop_the_rig_and_name_the_joint(self):
        with owner() as session:
            session.arm()
            session.exchange(session.goal)
            bad = session.goal + [0, 0, 0, 0, 9, 0]
            with self.assertRaises(hilrig.StoppedError) as stopped:
                for _ in session.ticks(2.0):
                    session.command(bad)
            self.assertEqual(stopped.exception.reason, hilrig.StopReason.ILLEGAL_COMMAND)
            self.assertIn("wrist_roll", str(stopped.exception))

    def test_a_pose_outside_the_limits_or_of_another_shape_is_refused_here(self):
        with owner() as session:
            session.arm()
            with self.assertRaisesRegex(ValueError, "wrist_roll"):
                session.move_to(session.goal + [0, 0, 0, 0, 9, 0])
            with self.assertRaisesRegex(ValueError, "shape"):
                session.command([0.0] * 5)
            with self.assertRaisesRegex(ValueError, "shoulder_lift"):
                session.command([0.0, math.nan, 0, 0, 0, 0])

    def test_before_arming_a_command_is_refused_here(self):
        with owner() as session, self.assertRaises(hilrig.RefusedError) as refused:
            session.command([0.0] * 6)
        self.assertEqual(refused.exception.reason, "not_armed")

    def test_ticks_that_were_slept_through_are_skipped_and_counted(self):
        with owner(period=0.02) as session:
            indices = []
            for tick in session.ticks(0.2):
                indices.append(tick.index)
                if tick.index == 2:
                    time.sleep(0.07)
            missed = session.counters.ticks_missed
            self.assertGreaterEqual(missed, 2)
            self.assertEqual(len(indices) + missed, 10)

    def _judge(self, session, case, send):
        state = session.next()
        if state.is_stopped:
            session.rearm()
        if case.get("armed", True):
            session.arm() if state.health is not hilrig.Health.ARMED else None
            session.exchange(session.goal)
        elif state.health is hilrig.Health.ARMED:
            session.stop()
            session.rearm()
        before = session.next().counts
        base = session._sequence - 10
        send(_command(session, case, base))
        verdict = case["verdict"]
        state = until(
            lambda state: getattr(state.counts, verdict) > getattr(before, verdict), session.read)
        others = {
            name: (getattr(before, name), getattr(state.counts, name))
            for name in hilrig.CommandCounts.__dataclass_fields__
            if name != verdict and getattr(before, name) != getattr(state.counts, name)
        }
        self.assertEqual(others, {})
        session._sequence = max(session._sequence, base + case["sequence"])


def _may_own(**options):
    try:
        rig().connect("owner", **options).close()
        return True
    except hilrig.RefusedError as refusal:
        if refusal.reason != "owned":
            raise
        return False


def _command(session, case, base):
    now = session.now()
    deadman = session.deadman_seconds * 1e3

    def instant(name):
        deadmans = case.get(name + "Deadmans")
        offset = case.get(name + "Milliseconds") if deadmans is None else deadmans * deadman
        return now + int(offset * 1e6)

    goal = session.goal if session.goal is not None else session.clip(session.latest.position)
    if case.get("goal") == "outside":
        goal = goal + [9, 0, 0, 0, 0, 0]
    elif case.get("goal") == "nan":
        goal = goal * [math.nan, 1, 1, 1, 1, 1]
    sessions = {"other": session.session_id ^ 2, "none": 0}
    token = session._link.welcome.owner_token
    return wire.Command(
        session_id=sessions.get(case.get("session"), session.session_id),
        owner_token=token + 1 if case.get("token") == "other" else token,
        sequence=base + case["sequence"],
        planned_nanoseconds=instant("planned"),
        valid_until_nanoseconds=instant("valid"),
        torque_bits=0 if case.get("goal") == "limp" else 63,
        position=goal.tolist(),
    )


class DeathTests(unittest.TestCase):
    def test_a_killed_owner_leaves_a_rig_that_its_deadman_stops(self):
        script = textwrap.dedent("""
            import math, sys, hilrig
            with hilrig.connect(sys.argv[1], "owner", period=0.02) as session:
                session.rearm()
                session.arm()
                home = session.goal
                for tick in session.ticks():
                    goal = home.copy()
                    goal[0] += 0.2 * math.sin(3 * tick.seconds)
                    state = session.exchange(goal)
                    if tick.index == 25:
                        print("moving", flush=True)
        """)
        with owner():
            pass  # Waits until the rig is free.
        until(bool, _may_own)
        with rig().connect() as observer, subprocess.Popen(
            [sys.executable, "-c", script, rig().endpoint], stdout=subprocess.PIPE, text=True
        ) as child:
            self.assertEqual(child.stdout.readline(), "moving\n")
            child.kill()
            killed = time.monotonic_ns()
            state = until(lambda state: state.is_stopped, observer.read)
            self.assertEqual(state.stop, hilrig.StopReason.DEADMAN_EXPIRED)
            after = (state.sampled_nanoseconds - killed) / 1e6
            print(f"kill -9 of the owner to the stop: {after:.0f} ms, deadman {DEADMAN * 1e3:.0f} ms", file=sys.stderr)
            until(lambda state: state.stop_acknowledged, observer.read)

    def test_a_dead_agent_is_lost_and_the_error_says_what_to_look_at(self):
        with hilrig.VirtualRig(support.RIG) as own, own.connect() as observer:
            observer.next()
            os.kill(own.process_ids["agent"], signal.SIGKILL)
            with self.assertRaises(hilrig.LostError) as lost:
                until(lambda _: False, lambda: observer.read(timeout=PATIENCE))
            self.assertIn("log", lost.exception.remedy)


if __name__ == "__main__":
    unittest.main()
