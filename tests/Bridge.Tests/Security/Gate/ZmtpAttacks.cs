using System.Text;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Zmtp;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>Bytes that a peer with an allowed key may send inside TLS, and how they end.</summary>
internal static class ZmtpAttacks
{
    private static readonly byte[] Signature = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f];

    /// <summary>In place of a hand-shake.</summary>
    public static IEnumerable<TestCaseData> BeforeHandshake =>
    [
        Case("unversioned ZMTP", GateReason.OldGreeting, [1, 0]),
        Case("HTTP", GateReason.OldGreeting, "GET / HTTP/1.1\r\n\r\n"u8.ToArray()),
        Case("ZMTP 1.0", GateReason.OldGreeting, [.. Signature, 0, 5, 0, 0, 1, 0]),
        Case("ZMTP 2.0", GateReason.OldGreeting, [.. Signature, 1, 5, 0, 0, 1, 4]),
        Case("CURVE", GateReason.Mechanism, Greeting("CURVE")),
        Case("PLAIN", GateReason.Mechanism, Greeting("PLAIN")),
        Case("no mechanism", GateReason.Mechanism, Greeting("")),
        Case("NULL as server", GateReason.Mechanism, With(Greeting("NULL"), 32, 1)),
        Case("bytes behind NULL", GateReason.Mechanism, With(Greeting("NULL"), 31, 1)),
        Case("zero-length command", GateReason.MalformedCommand, Greeted([4, 0])),
        Case("command of a zero-length name", GateReason.MalformedCommand, Greeted([4, 1, 0])),
        Case("name beyond its command", GateReason.MalformedCommand, Greeted([4, 2, 9, 1])),
        Case("message before READY", GateReason.MalformedCommand, Greeted([0, 1, 1])),
        Case("another command", GateReason.MalformedCommand, Greeted([4, 6, 5, .. "HELLO"u8])),
        Case("negative property length", GateReason.MalformedCommand, Property(0xff, 0xff)),
        Case("property beyond READY", GateReason.MalformedCommand, Property(0, 0x10)),
        Case("name beyond READY", GateReason.MalformedCommand, ReadyWith([200, 1])),
        Case("empty name", GateReason.MalformedCommand, ReadyWith([0, 0, 0, 0, 0])),
        Case("no socket type", GateReason.SocketType, ReadyWith([])),
        Case("PULL", GateReason.SocketType, Greeted(Framed(ZmtpCommand.Ready("PULL")))),
        Case("REQ", GateReason.SocketType, Greeted(Framed(ZmtpCommand.Ready("REQ")))),
        Case("two types", GateReason.SocketType, TwoTypes()),
        Case("READY of 64 KiB", GateReason.OversizedFrame, Greeted(Long(6, 0x1_0000))),
        Case("2 GiB", GateReason.OversizedFrame, Greeted(Long(2, 0x8000_0000))),
    ];

    /// <summary>After an honest hand-shake.</summary>
    public static IEnumerable<TestCaseData> AfterHandshake =>
    [
        Case("zero-length command", GateReason.MalformedCommand, [4, 0]),
        Case("second READY", GateReason.MalformedCommand, Framed(ZmtpCommand.Ready("DEALER"))),
        Case("PING without time to live", GateReason.MalformedCommand, [4, 5, 4, .. "PING"u8]),
        Case("PING of 30 bytes", GateReason.MalformedCommand,
            [4, 35, 4, .. "PING"u8, .. new byte[30]]),
        Case("2 GiB", GateReason.OversizedFrame, Long(2, 0x8000_0000)),
        Case("more than a 64-bit length", GateReason.OversizedFrame, Long(2, ulong.MaxValue)),
        Case("one byte too many", GateReason.OversizedFrame, Long(2, (64 * 1024) + 1)),
        Case("flood of parts", GateReason.MultiPart,
            [.. Enumerable.Repeat<byte[]>([1, 1, 6], 1000).SelectMany(part => part)]),
        Case("reserved flags", GateReason.MalformedFrame, [8, 1, 6]),
        Case("command of several frames", GateReason.MalformedFrame, [5, 1, 6]),
        Case("empty message", GateReason.UnknownKind, [0, 0]),
        Case("unknown kind", GateReason.UnknownKind, [0, 1, 99]),
        Case("WELCOME", GateReason.UnknownKind, [0, 1, (byte)MessageKind.Welcome]),
        Case("STATE", GateReason.UnknownKind, [0, 1, (byte)MessageKind.State]),
        Case("HELLO without role", GateReason.MalformedMessage,
            [0, 1, (byte)MessageKind.Hello]),
        Case("HELLO of junk", GateReason.MalformedMessage,
            [0, 3, (byte)MessageKind.Hello, 0xff, 0xff]),
        Case("REQUEST of no kind", GateReason.MalformedMessage,
            [0, 1, (byte)MessageKind.Request]),
        Case("REQUEST of kind 99", GateReason.MalformedMessage,
            [0, 3, (byte)MessageKind.Request, 0x20, 99]),
        Case("COMMAND of junk", GateReason.MalformedMessage,
            [0, 4, (byte)MessageKind.Command, 0x52, 0x7f, 1]),
    ];

    public static byte[] Long(byte flags, ulong bytes) =>
        [flags, .. BitConverter.GetBytes(bytes).Reverse()];

    private static TestCaseData Case(string name, GateReason reason, byte[] bytes) =>
        new TestCaseData(bytes, reason).SetArgDisplayNames(name);

    private static byte[] Greeting(string mechanism)
    {
        byte[] greeting = ZmtpGreeting.Ours();
        greeting.AsSpan(12, 20).Clear();
        Encoding.ASCII.GetBytes(mechanism).CopyTo(greeting, 12);
        return greeting;
    }

    private static byte[] With(byte[] bytes, int index, byte value)
    {
        bytes[index] = value;
        return bytes;
    }

    private static byte[] Framed(byte[] command) => [4, (byte)command.Length, .. command];

    private static byte[] Greeted(byte[] rest) => [.. ZmtpGreeting.Ours(), .. rest];

    private static byte[] ReadyWith(byte[] properties) =>
        Greeted(Framed([5, .. "READY"u8, .. properties]));

    private static byte[] Property(byte high, byte low) =>
        ReadyWith([11, .. "Socket-Type"u8, high, high, high, low, .. "DEALER"u8]);

    private static byte[] TwoTypes() => Greeted(Framed(
    [
        .. ZmtpCommand.Ready("DEALER"), 11, .. "socket-type"u8, 0, 0, 0, 6, .. "DEALER"u8,
    ]));
}
