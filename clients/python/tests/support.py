"""What the tests share: one virtual rig, and owners that find it disarmed and without a stop."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

import zmq

import hilrig
from hilrig import wire

ROOT = Path(__file__).resolve().parents[3]
SHIPPED_RIG = ROOT / "rigs" / "so101-virtual.yaml"
CORPUS = ROOT / "tests" / "Bridge.Tests" / "corpus"
PATIENCE = 90.0

# For the programs that tests start.
os.environ["PYTHONPATH"] = str(Path(hilrig.__file__).resolve().parents[1])

#: Of the tests' rig: longer than the shipped one's, for machines that build beside the tests.
DEADMAN = 1.5


def _patient_rig():
    text = SHIPPED_RIG.read_text(encoding="utf-8")
    assert "deadman: 250 ms" in text, "the tests' own text is stale"
    text = text.replace("deadman: 250 ms", f"deadman: {DEADMAN * 1e3:.0f} ms")
    text = text.replace("../models/", f"{ROOT}/models/").replace("servos/", f"{ROOT}/rigs/servos/")
    path = Path(_folder.name) / SHIPPED_RIG.name
    path.write_text(text, encoding="utf-8")
    return path


_folder = tempfile.TemporaryDirectory(prefix="hilrig-tests-")
RIG = _patient_rig()
_shared = []


def rig():
    """The virtual rig of all tests; ends with the process."""
    if not _shared:
        _shared.append(hilrig.VirtualRig(RIG))
    return _shared[0]


def close_rig():
    """Ends it."""
    while _shared:
        _shared.pop().close()


@contextlib.contextmanager
def owner(period=0.04, of=None):
    """An owner of a rig without a latched stop. Waits until an earlier owner has left."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            session = (of or rig()).connect("owner", period=period)
            break
        except hilrig.RefusedError as refusal:
            if refusal.reason != "owned" or time.monotonic() > until:
                raise
    with session:
        session.rearm()
        yield session


@contextlib.contextmanager
def raw(endpoint):
    """A function that sends a message as it is, past the rules that a session keeps."""
    context = zmq.Context()
    socket = context.socket(zmq.DEALER)
    socket.connect(endpoint)
    try:
        yield lambda message: socket.send(wire.encode(message))
    finally:
        context.destroy(linger=1000)


def until(condition, read):
    """The first value of ``read()`` for which ``condition`` holds."""
    give_up = time.monotonic() + PATIENCE
    while True:
        value = read()
        if condition(value):
            return value
        if time.monotonic() > give_up:
            raise AssertionError(f"still not so: {value}")
