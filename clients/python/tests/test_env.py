"""The environment on a virtual rig."""

import subprocess
import sys
import textwrap
import time
import unittest

import numpy as np

import hilrig
from hilrig import spaces

from support import DEADMAN, owner, rig

START = np.array([0.0, -1.4, 1.5, 0.8, 0.0, 0.2])


def distance(observation, action, after, info):
    """Minus the distance from the start pose."""
    return -float(np.abs(after["position"] - START).max())


def environment(session, **options):
    """An environment that moves quickly to its start."""
    return hilrig.RigEnv(
        session, start_pose=START, reward=distance, reset_velocity=1.5, settle_seconds=0.1,
        **options)


class EnvironmentTests(unittest.TestCase):
    def test_an_episode_begins_at_the_start_pose_keeps_the_period_and_is_truncated(self):
        with owner(period=0.04) as session, environment(session, episode_steps=10) as env:
            observation, info = env.reset(seed=3)
            np.testing.assert_allclose(observation["position"], START, atol=0.08)
            self.assertTrue(env.observation_space.contains(observation))
            planned, ends = [], []
            for step in range(10):
                action = START + [0.002 * step, 0, 0, 0, 0, 0]
                observation, reward, terminated, truncated, info = env.step(action)
                planned.append(info["planned_nanoseconds"])
                ends.append((terminated, truncated))
                self.assertAlmostEqual(
                    reward, -np.abs(observation["position"] - START).max(), places=12)
                self.assertFalse(info["clipped"])
            self.assertEqual(ends, [(False, False)] * 9 + [(False, True)])
            self.assertEqual({int(gap) % 40_000_000 for gap in np.diff(planned)}, {0})
            with self.assertRaisesRegex(RuntimeError, "reset"):
                env.step(START)
            env.reset()
            env.step(START)

    def test_a_seed_gives_the_same_actions_again(self):
        with owner() as session, environment(session) as env:
            env.reset(seed=5)
            first = (env.random.uniform(), env.action_space.sample())
            env.reset(seed=5)
            again = (env.random.uniform(), env.action_space.sample())
            self.assertEqual(first[0], again[0])
            np.testing.assert_array_equal(first[1], again[1])
            self.assertTrue(env.action_space.contains(first[1]))

    def test_actions_are_clipped_to_the_limits_and_that_is_told(self):
        with owner() as session, environment(session, low=START - 0.1, high=START + 0.05) as env:
            env.reset()
            *_, info = env.step(START + [1, 0, 0, 0, 0, 0])
            self.assertTrue(info["clipped"])
            np.testing.assert_allclose(session.goal, START + [0.05, 0, 0, 0, 0, 0])

    def test_what_the_agent_refuses_is_told_and_the_episode_goes_on(self):
        with owner() as session, environment(session, low=START - 9, high=START + 9) as env:
            env.reset()
            *_, terminated, truncated, info = env.step(START + [9, 0, 0, 0, 0, 0])
            self.assertEqual((terminated, truncated, info["refused"]), (False, False, "illegal"))
            *_, info = env.step(START)
            self.assertNotIn("refused", info)

    def test_a_latched_stop_ends_the_episode_and_only_a_person_leads_out_of_it(self):
        with owner() as session, environment(session) as env, rig().connect() as observer:
            env.reset()
            observer.stop()
            *_, terminated, truncated, info = env.step(START)
            self.assertTrue(terminated)
            self.assertEqual(info["stopped"], hilrig.StopReason.REQUESTED)
            with self.assertRaises(hilrig.StoppedError):
                env.reset()
            env.rearm()
            env.reset()
            self.assertFalse(env.step(START)[2])

    def test_your_own_end_of_an_episode_is_heard(self):
        with owner() as session, environment(
            session, is_done=lambda before, action, after, info: True
        ) as env:
            env.reset()
            self.assertEqual(env.step(START)[2:4], (True, False))

    def test_a_learner_may_think_as_long_as_it_said_and_no_longer(self):
        with owner() as session, environment(session, think_seconds=1.3 * DEADMAN) as env:
            env.reset()
            env.step(START)
            time.sleep(1.1 * DEADMAN)
            *_, info = env.step(START)
            self.assertNotIn("stopped", info)
            time.sleep(2.4 * DEADMAN)  # Beyond what it said, and a deadman more.
            *_, info = env.step(START)
            self.assertEqual(info["stopped"], hilrig.StopReason.DEADMAN_EXPIRED)

    def test_a_vector_of_another_shape_is_refused(self):
        with owner() as session:
            with self.assertRaisesRegex(ValueError, "start_pose"):
                hilrig.RigEnv(session, start_pose=[0.0] * 5, reward=distance)


class SpaceTests(unittest.TestCase):
    def test_the_stand_in_knows_what_is_inside(self):
        box = spaces.box([-1, 0], [1, np.inf])
        box.seed(1)
        self.assertTrue(all(box.contains(box.sample()) for _ in range(20)))
        self.assertFalse(box.contains([2, 1]))
        self.assertFalse(box.contains([0, 1, 2]))
        both = spaces.named({"a": box})
        self.assertTrue(both.contains({"a": np.array([0.0, 5.0])}))
        self.assertFalse(both.contains({"b": np.array([0.0, 5.0])}))

    def test_where_gymnasium_is_installed_its_spaces_and_its_class_are_used(self):
        script = textwrap.dedent("""
            import sys, types
            module, spaces = types.ModuleType("gymnasium"), types.ModuleType("gymnasium.spaces")
            module.Env = type("Env", (), {})
            spaces.Box = type("Box", (), {"__init__": lambda self, *a, **k: None})
            spaces.Dict = dict
            module.spaces = spaces
            sys.modules.update({"gymnasium": module, "gymnasium.spaces": spaces})
            import hilrig
            from hilrig.spaces import box, named
            assert issubclass(hilrig.RigEnv, module.Env)
            assert type(box([0], [1])) is spaces.Box and type(named({})) is dict
        """)
        ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        self.assertEqual(ran.returncode, 0, ran.stderr)


if __name__ == "__main__":
    unittest.main()
