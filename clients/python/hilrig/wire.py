"""The bridge's messages: one byte of MessageKind, then a protobuf of package hilrig.v1.

The definitions are those of the repository's .proto files and are written down nowhere else. In
the tree protoc compiles them when this module is imported; an installed package carries what
protoc made of them when it was built (see setup.py). Both are a descriptor set, not generated
code, so that any protobuf runtime from 3.20 on can use it.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Any, Dict, Sequence

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message

from .errors import ProtocolError

#: Files of the package, in the order in which their descriptors are hashed.
FILES = ("hilrig/v1/session.proto", "hilrig/v1/control.proto", "hilrig/v1/cyclic.proto")

#: Changes when old and new peers cannot work together.
PROTOCOL_MAJOR = 2

#: Changes when something was added.
PROTOCOL_MINOR = 0

#: Longest message that is taken, bytes.
MESSAGE_BYTES_MAX = 64 * 1024

# One runtime of protobuf stops at bytes that are no field and only warns; decode looks itself.
warnings.filterwarnings("ignore", message="Unexpected end-group tag", category=RuntimeWarning)

_PACKAGE = "hilrig.v1"
_DESCRIPTORS_IN_PACKAGE = Path(__file__).parent / "hilrig.v1.desc"
_PROTOS_IN_TREE = Path(__file__).parents[3] / "src" / "Bridge" / "Protos"


def compile_protos(folder: Path, files: Sequence[str] = FILES) -> bytes:
    """What protoc makes of the .proto files in ``folder``: a serialised FileDescriptorSet."""
    protoc = shutil.which("protoc")
    if protoc is None:
        raise ProtocolError(
            "the message definitions cannot be compiled",
            where=str(folder),
            expected="the program protoc",
            found="it is not on the PATH",
            remedy="install it (Debian: apt-get install protobuf-compiler)",
        )
    with tempfile.TemporaryDirectory(prefix="hilrig-") as scratch:
        target = Path(scratch) / "set"
        ran = subprocess.run(
            [protoc, f"--proto_path={folder}", f"--descriptor_set_out={target}", *files],
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode != 0:
            raise ProtocolError(
                "the message definitions cannot be compiled",
                where=str(folder),
                found=ran.stderr.strip(),
                remedy="check that protoc is 3.21 or newer",
            )
        return target.read_bytes()


def _load_descriptors() -> bytes:
    if _PROTOS_IN_TREE.is_dir():
        return compile_protos(_PROTOS_IN_TREE)
    if _DESCRIPTORS_IN_PACKAGE.is_file():
        return _DESCRIPTORS_IN_PACKAGE.read_bytes()
    raise ProtocolError(
        "the message definitions are missing",
        where=str(_DESCRIPTORS_IN_PACKAGE),
        remedy="install the package with pip from the repository's clients/python",
    )


class Schema:
    """The message types of a descriptor set, and its hash."""

    def __init__(self, descriptor_set: bytes) -> None:
        files = descriptor_pb2.FileDescriptorSet.FromString(descriptor_set)
        by_name = {file.name: file for file in files.file}
        self.pool = descriptor_pool.DescriptorPool()
        digest = hashlib.sha256()
        for name in FILES:
            _drop_json_names(by_name[name])
            digest.update(by_name[name].SerializeToString(deterministic=True))
        for name in FILES:
            self._add(by_name, name)
        #: SHA-256 that both sides of the handshake compare, 32 bytes.
        self.sha256 = digest.digest()

    # A file's imports come before it.
    def _add(self, by_name: Dict[str, descriptor_pb2.FileDescriptorProto], name: str) -> None:
        file = by_name.pop(name, None)
        if file is not None:
            for imported in file.dependency:
                self._add(by_name, imported)
            self.pool.AddSerializedFile(file.SerializeToString(deterministic=True))

    def message(self, name: str) -> Any:
        """The class of a message, such as "Command"."""
        descriptor = self.pool.FindMessageTypeByName(f"{_PACKAGE}.{name}")
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self.pool).GetPrototype(descriptor)

    def enum(self, name: str) -> "dict[str, int]":
        """Values of an enum by name, such as {"HEALTH_ARMED": 2}."""
        values = self.pool.FindEnumTypeByName(f"{_PACKAGE}.{name}").values
        return {value.name: value.number for value in values}


# protoc adds the JSON names to a descriptor set, but not to the descriptors in generated code,
# which is what the other side hashes. They say nothing that the field names do not.
def _drop_json_names(file: descriptor_pb2.FileDescriptorProto) -> None:
    for message in file.message_type:
        for field in message.field:
            field.ClearField("json_name")


SCHEMA = Schema(_load_descriptors())

Hello = SCHEMA.message("Hello")
Welcome = SCHEMA.message("Welcome")
Refusal = SCHEMA.message("Refusal")
Command = SCHEMA.message("Command")
State = SCHEMA.message("State")
Request = SCHEMA.message("Request")
Ack = SCHEMA.message("Ack")

KINDS = SCHEMA.enum("MessageKind")
ROLES = SCHEMA.enum("Role")
REQUESTS = SCHEMA.enum("RequestKind")
ACKS = SCHEMA.enum("AckStatus")
REFUSALS = SCHEMA.enum("RefusalReason")
UNITS = SCHEMA.enum("JointUnit")

_CLASSES = {
    KINDS["MESSAGE_KIND_" + message.DESCRIPTOR.name.upper()]: message
    for message in (Hello, Welcome, Refusal, Command, State, Request, Ack)
}
_KIND_OF = {kind.DESCRIPTOR.name: number for number, kind in _CLASSES.items()}


def encode(message: Message) -> bytes:
    """The frame of a message."""
    kind = _KIND_OF[message.DESCRIPTOR.name]
    return bytes((kind,)) + message.SerializeToString(deterministic=True)


def decode(frame: bytes) -> "Message | None":
    """The message in a frame; None when it is not one of ours."""
    kind = _CLASSES.get(frame[0]) if frame else None
    if kind is None:
        return None
    message = kind()
    try:
        taken = message.MergeFromString(frame[1:])
    except DecodeError:
        return None
    return message if taken == len(frame) - 1 else None


def short_name(names: "dict[str, int]", number: int, prefix: str) -> str:
    """An enum's value as a word: (REFUSALS, 6, "REFUSAL_REASON_") is "owned"."""
    for name, value in names.items():
        if value == number:
            return name[len(prefix):].lower()
    return f"unknown ({number})"
