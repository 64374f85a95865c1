using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Faults;
using HilRig.Devices.Virtual.Servos;
using HilRig.Devices.Virtual.Wire;

namespace HilRig.Devices.Tests.Virtual.Wire;

/// <summary>
/// A virtual bus on a virtual clock: what a host sends, and when it has the answer.
/// </summary>
internal sealed class BusBench
{
    private readonly int _baud;

    internal BusBench(
        int servoCount,
        int returnDelay,
        int baud = 1_000_000,
        bool paced = true,
        long usbFrameNanoseconds = 0,
        params BusFault[] faults)
    {
        _baud = baud;
        var options = ServoBench.Options(
            [.. Enumerable.Repeat(ShippedServos.At12Volts, servoCount)]);
        var registers = new Dictionary<string, int>
        {
            ["return_delay"] = returnDelay,
            ["baud_rate"] = FeetechUnits.CodeOfBaud(baud),
        };
        options = options with
        {
            Servos = [.. options.Servos.Select(servo => servo with { Registers = registers })],
        };
        Arm = new VirtualArm(options, new PendulumLoad(
            [.. Enumerable.Repeat(PendulumParameters.Wheel, servoCount)]));
        Bus = new VirtualBus(Arm, paced, usbFrameNanoseconds, faults);
    }

    internal VirtualArm Arm { get; }

    internal VirtualBus Bus { get; }

    internal ControlTable Table(int index) => Arm.Servos[index].Table;

    /// <summary>Sends bytes and collects the answer.</summary>
    /// <returns>
    /// When the host had the last byte of the answer, or had sent when there is none.
    /// </returns>
    internal long Exchange(byte[] bytes, long now, out List<byte[]> frames, int? lineBaud = null)
    {
        Bus.Receive(bytes, now, lineBaud ?? _baud, lineBaud ?? _baud);
        frames = [];
        var end = now + (bytes.Length * 10_000_000_000L / (lineBaud ?? _baud));
        while (Bus.TryTake(out var release, out var frame))
        {
            end = release;
            frames.Add(frame.ToArray());
        }

        return end;
    }

    internal static byte[] Ping(byte id) => Build((bytes) => FeetechPacket.EncodePing(bytes, id));

    internal static byte[] Read(byte id, int address, int count) =>
        Build(bytes => FeetechPacket.EncodeRead(bytes, id, (byte)address, (byte)count));

    internal static byte[] Write(byte id, Register register, int value)
    {
        var bytes = new byte[register.Length];
        Assert.That(register.TryEncode(value, bytes), Is.True);
        return WriteRaw(id, register.Address, bytes);
    }

    internal static byte[] WriteRaw(byte id, int address, params byte[] values) =>
        Build(bytes => FeetechPacket.EncodeWrite(bytes, id, (byte)address, values));

    internal static byte[] SyncRead(byte[] ids, Register first, int count) =>
        Build(bytes => FeetechPacket.EncodeSyncRead(bytes, first.Address, (byte)count, ids));

    internal static byte[] SyncWrite(byte[] ids, Register first, int count) =>
        Build(bytes => FeetechPacket.EncodeSyncWrite(
            bytes, first.Address, (byte)count, ids, new byte[ids.Length * count]));

    internal static byte[] Simple(
        byte id, FeetechInstruction instruction, params byte[] parameters) =>
        Build(bytes => FeetechPacket.Encode(bytes, id, (byte)instruction, parameters));

    private static byte[] Build(Func<byte[], int> encode)
    {
        var bytes = new byte[FeetechPacket.PacketBytesMax];
        return bytes[..encode(bytes)];
    }
}
