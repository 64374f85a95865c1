"""The page docs/clients.md does what it shows, and the package installs without a network."""

import os
import re
import subprocess
import sys
import tempfile
import unittest

from support import RIG, ROOT

PAGE = ROOT / "docs" / "clients.md"


class DocumentTests(unittest.TestCase):
    def test_every_python_block_of_the_page_runs(self):
        blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        self.assertGreaterEqual(len(blocks), 5)
        for block in blocks:
            block = block.replace("rigs/so101-virtual.yaml", str(RIG))
            with self.subTest(block.splitlines()[-1]):
                for _ in range(3):
                    ran = subprocess.run(
                        [sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True,
                        timeout=180)
                    # A busy machine can halt the emulated bus while a rig starts; nothing else
                    # is worth another try.
                    if "servo_lost" not in ran.stderr:
                        break
                self.assertEqual(ran.returncode, 0, ran.stderr)
                self.assertNotEqual(ran.stdout, "")


class PackageTests(unittest.TestCase):
    def test_it_installs_from_the_tree_without_a_network_and_speaks_the_same_wire(self):
        pip = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True)
        if pip.returncode != 0:
            self.skipTest("pip is not there")
        show = "import hilrig.wire as w; print(w.__file__, w.SCHEMA.sha256.hex())"
        with tempfile.TemporaryDirectory() as target:
            ran = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--quiet", "--no-build-isolation",
                 "--no-deps", "--no-index", "--target", target, str(ROOT / "clients" / "python")],
                capture_output=True, text=True)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            installed = subprocess.run(
                [sys.executable, "-c", show], cwd=target, capture_output=True, text=True,
                env={**os.environ, "PYTHONPATH": target})
        tree = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True)
        self.assertIn(target, installed.stdout, installed.stderr)
        self.assertEqual(installed.stdout.split()[1], tree.stdout.split()[1])


if __name__ == "__main__":
    unittest.main()
