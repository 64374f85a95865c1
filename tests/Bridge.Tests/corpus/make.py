"""Writes messages.json: python3 tests/Bridge.Tests/corpus/make.py, with clients/python on the path.

Needed only when the message definitions change; C# and Python then have to agree on the new bytes.
"""

import json
import math
from pathlib import Path

from google.protobuf import json_format

from hilrig import wire


def messages():
    """Names and messages, each field of each message at least once."""
    joints = [
        dict(name="shoulder", unit=1, position_min=-1.5, position_max=1.5, velocity_max=4),
        dict(name="gripper", unit=2, position_max=0.03, velocity_max=0.1),
    ]
    yield "an owner introduces itself", wire.Hello(
        protocol_major=2, software="a peer", schema_sha256=bytes(range(32)), role=1,
        joints=[dict(name="shoulder", unit=1), dict(name="gripper", unit=2)],
        rig_name="bench", rig_sha256="00ff", period_nanoseconds=4_000_000)
    yield "an observer says next to nothing", wire.Hello(protocol_major=2, role=2)
    yield "an owner is welcomed", wire.Welcome(
        protocol_major=2, software="HilRig", session_id=2**64 - 1, owner_token=7,
        agent_id=2**63, deadman_nanoseconds=100_000_000, joints=joints,
        rig_name="bench", rig_sha256="00ff")
    yield "a second owner is refused", wire.Refusal(
        reason=6, what="the agent already has an owner", expected="no owner",
        found="session 1, armed", remedy="connect as an observer")
    yield "a command", wire.Command(
        session_id=2**63 + 1, owner_token=3, sequence=1, answered_state_sequence=41,
        planned_nanoseconds=10**12, created_nanoseconds=10**12 + 1,
        sent_nanoseconds=10**12 + 2, valid_until_nanoseconds=10**12 + 8_000_000,
        torque_bits=3, position=[0.5, -0.0])
    yield "a command without torque and with odd numbers", wire.Command(
        session_id=1, sequence=-1, valid_until_nanoseconds=-(2**63),
        position=[math.inf, 5e-324])
    yield "an answering state", wire.State(
        agent_id=9, sequence=42, answered_command_sequence=1, sampled_nanoseconds=10**12,
        health=2, fresh_joints=3, position=[0.25, 0.01], velocity=[0.0, math.nan],
        effort=[math.nan, math.nan], planned_nanoseconds=1, command_sent_nanoseconds=2,
        agent_received_nanoseconds=3, bus_write_start_nanoseconds=4,
        bus_write_end_nanoseconds=5, bus_reply_nanoseconds=6, stop=1, stop_joint=-1,
        bus_error_count=2, bus_retry_count=1, command_counts=[8, 1, 2, 3, 4, 5, 6, 7],
        answered_session_id=2**63 + 1)
    yield "a stop that one joint caused", wire.State(
        agent_id=9, sequence=43, sampled_nanoseconds=10**12, health=3, position=[0.0, 0.0],
        velocity=[0.0, 0.0], effort=[0.0, 0.0], stop=5, stop_joint=1, stop_acknowledged=True,
        allocated_bytes=64, command_counts=[0] * 8)
    for number, kind in enumerate(("heartbeat", "arm", "stop", "rearm", "quit", "release"), 1):
        yield f"a request: {kind}", wire.Request(
            session_id=5, owner_token=3, request_id=number, kind=number)
    yield "a stop with its reason", wire.Request(
        session_id=5, owner_token=3, request_id=7, kind=3, reason=9)
    for number, status in enumerate(("ok", "unknown session", "not owner"), 1):
        yield f"an answer: {status}", wire.Ack(session_id=5, request_id=number, status=number)


MALFORMED = {
    "nothing": "",
    "kind 0": "0001",
    "a kind of the future": "7f00",
    "a field that ends early": "04" + "09ffff",
    "a length beyond the end": "01" + "1aff01" + "61",
    "a number longer than any": "01" + "08" + "ff" * 11,
    "a field number of 0": "04" + "00" + "0801",
    "a wire type that does not exist": "04" + "0f",
    "an end without a beginning": "05" + "0c" + "0801",
    "text that is no UTF-8": "02" + "1a02c328",
}


def main():
    """Writes the file."""
    good = []
    for name, message in messages():
        as_json = json_format.MessageToDict(message)
        good.append({
            "name": name,
            "type": message.DESCRIPTOR.name,
            "hex": wire.encode(message).hex(),
            "message": as_json,
        })
    bad = [{"name": name, "hex": frame} for name, frame in MALFORMED.items()]
    text = json.dumps({"messages": good, "malformed": bad}, indent=1, ensure_ascii=False)
    Path(__file__).with_name("messages.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
