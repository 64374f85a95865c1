"""libzmq and Google's protobuf as Isaac's peer. The messages are those of our .proto, compiled by
protoc for this run; nothing of HilRig's code is in here.

  isaac_peer.py server GENERATED              binds as a program that drives Isaac does
  isaac_peer.py isaac GENERATED STREAM CONTROL SETTINGS EFFECTOR   connects as Isaac does
Both print what they saw, one word a line, and end with "done".
"""
import struct
import sys

import zmq

SIDE_WIDTH, SIDE_HEIGHT = 16, 8
PLANE = SIDE_WIDTH * SIDE_HEIGHT * 4
TIMEOUT_MS = 15000


def say(*words):
    print(*words, flush=True)


def server(messages):
    context = zmq.Context()
    stream = context.socket(zmq.PULL)
    stream.setsockopt(zmq.RCVHWM, 1)
    stream.setsockopt(zmq.RCVTIMEO, TIMEOUT_MS)
    ports = [stream.bind_to_random_port("tcp://127.0.0.1")]
    senders = []
    for _ in range(3):
        sender = context.socket(zmq.PUSH)
        sender.setsockopt(zmq.SNDTIMEO, TIMEOUT_MS)
        ports.append(sender.bind_to_random_port("tcp://127.0.0.1"))
        senders.append(sender)
    say("ports", *ports)
    frame = messages.ClientStreamMessage.FromString(stream.recv())
    assert len(frame.color_image) == PLANE and len(frame.depth_image) == PLANE
    assert frame.bbox2d.info.idToLabels["3"] == "class:jaw", frame.bbox2d
    assert len(frame.camera.view_matrix_ros) == 16
    say("time", frame.clock.sim_time, frame.color_image[5],
        struct.unpack_from("<f", frame.depth_image, 4)[0])
    camera = messages.ServerControlMessage()
    camera.camera_control_command.joints_vel.x = 0.25
    camera.camera_control_command.focal_length = 30
    senders[0].send(camera.SerializeToString())
    settings = messages.ServerControlMessage()
    settings.settings_command.adaptive_rate = True
    senders[1].send(settings.SerializeToString())
    franka = messages.ServerControlMessage()
    franka.franka_command.effector_pos.y = 0.5
    senders[2].send(franka.SerializeToString())
    context.destroy(linger=2000)


def isaac(messages, ports):
    context = zmq.Context()
    stream = context.socket(zmq.PUSH)
    stream.setsockopt(zmq.SNDHWM, 1)
    stream.connect("tcp://127.0.0.1:%d" % ports[0])
    frame = messages.ClientStreamMessage()
    frame.clock.sim_time = 2.5
    frame.camera.view_matrix_ros.extend(float(i) for i in range(16))
    frame.camera.camera_scale.extend([1, 1, 1])
    box = frame.bbox2d.data.add()
    box.semanticId, box.xMin, box.xMax, box.occlusionRatio = 3, -1, 9, 0.5
    frame.bbox2d.info.idToLabels["3"] = "class:jaw"
    frame.bbox2d.info.bboxIds.append(0)
    frame.color_image = bytes(i % 256 for i in range(PLANE))
    frame.depth_image = struct.pack("<f", 1.5) * (PLANE // 4)
    stream.send(frame.SerializeToString())
    seen = []
    for port in ports[1:]:
        receiver = context.socket(zmq.PULL)
        receiver.setsockopt(zmq.RCVHWM, 1)
        receiver.setsockopt(zmq.RCVTIMEO, TIMEOUT_MS)
        receiver.connect("tcp://127.0.0.1:%d" % port)
        seen.append(messages.ServerControlMessage.FromString(receiver.recv()))
    camera, settings, franka = seen
    assert camera.WhichOneof("command") == "camera_control_command"
    assert settings.WhichOneof("command") == "settings_command"
    assert franka.WhichOneof("command") == "franka_command"
    command = camera.camera_control_command
    say("camera", command.joints_vel.z, command.focal_length)
    say("settings", settings.settings_command.adaptive_rate)
    say("franka", franka.franka_command.effector_pos.x, franka.franka_command.show_marker)
    context.destroy(linger=0)


def main():
    sys.path.insert(0, sys.argv[2])
    import generation_one_pb2 as messages
    if sys.argv[1] == "server":
        server(messages)
    else:
        isaac(messages, [int(port) for port in sys.argv[3:]])
    say("done")


main()
