using System.Buffers.Binary;
using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Virtual.Wire;

namespace HilRig.Devices.Virtual.Logs;

/// <summary>Steps a fresh arm through a log.</summary>
public static class VirtualArmReplay
{
    /// <summary>Replays a log.</summary>
    /// <param name="path">Log written by <see cref="VirtualArmLogWriter"/>.</param>
    /// <param name="arm">An arm made with the same options and load, not stepped yet.</param>
    /// <returns>Where it ended, and with which state.</returns>
    /// <exception cref="DeviceException">
    /// The file is no such log, or was made by another arm.
    /// </exception>
    public static VirtualArmReplayResult Run(string path, VirtualArm arm)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        var at = ReadHeader(path, bytes, arm);
        var replies = new PlannedReply[VirtualArm.RepliesMax];
        long step = 0;
        while (at < bytes.Length)
        {
            var tag = bytes[at++];
            if (!TryVarint(bytes, ref at, out var steps)
                || tag is 0 or > VirtualArmLogFormat.Placement)
            {
                break;
            }

            step += (long)steps;
            if (tag == VirtualArmLogFormat.Lost)
            {
                throw new DeviceException(
                    "the log has a gap", path, "every record", $"records lost after step {step}",
                    "record again on a faster disk");
            }

            if (!TryBody(bytes, ref at, tag, out var body))
            {
                break;
            }

            arm.StepTo(step * VirtualArm.StepNanoseconds);
            switch (tag)
            {
                case VirtualArmLogFormat.Packet:
                    SplitVarint(body, out var baud, out var frame);
                    arm.Execute(
                        new FeetechFrame(frame[0], frame[1], frame[3..]), (int)baud, replies);
                    break;
                case VirtualArmLogFormat.Plug:
                    arm.Connect(body[0], body[1] != 0);
                    break;
                case VirtualArmLogFormat.Power:
                    arm.Power(body[0] != 0);
                    break;
                case VirtualArmLogFormat.Placement:
                    Place(arm, body[1..]);
                    break;
                default:
                    return new VirtualArmReplayResult(
                        arm.StepIndex,
                        arm.StateHash(),
                        BinaryPrimitives.ReadUInt64LittleEndian(body));
            }
        }

        return new VirtualArmReplayResult(arm.StepIndex, arm.StateHash(), null);
    }

    private static void Place(VirtualArm arm, ReadOnlySpan<byte> body)
    {
        Span<double> position = stackalloc double[body.Length / 8];
        for (var i = 0; i < position.Length; i++)
        {
            position[i] = BinaryPrimitives.ReadDoubleLittleEndian(body[(8 * i)..]);
        }

        arm.Place(position);
    }

    private static int ReadHeader(string path, ReadOnlySpan<byte> bytes, VirtualArm arm)
    {
        var magic = VirtualArmLogFormat.Magic;
        var position = arm.Options.InitialPosition;
        var length = magic.Length + 20 + (8 * position.Count);
        if (bytes.Length < length || !bytes.StartsWith(magic))
        {
            throw new DeviceException(
                "this is no log of a virtual arm", path, $"a header of {length} bytes",
                $"{bytes.Length} bytes", "name a file that hilrig emulate wrote");
        }

        var hash = BinaryPrimitives.ReadUInt64LittleEndian(bytes[magic.Length..]);
        if (hash != arm.Options.Hash())
        {
            throw new DeviceException(
                "the log was made by another arm", path, $"options with hash {hash:x16}",
                $"{arm.Options.Hash():x16}", "replay with the rig and models of that run");
        }

        return length;
    }

    private static bool TryBody(
        ReadOnlySpan<byte> bytes, ref int at, byte tag, out ReadOnlySpan<byte> body)
    {
        var start = at;
        body = default;
        var length = tag switch
        {
            VirtualArmLogFormat.Plug => 2,
            VirtualArmLogFormat.Power => 1,
            VirtualArmLogFormat.Placement => at < bytes.Length ? 1 + (8 * bytes[at]) : 1,
            _ => 8,
        };
        if (tag == VirtualArmLogFormat.Packet)
        {
            if (!TryVarint(bytes, ref at, out _) || at + 3 > bytes.Length)
            {
                return false;
            }

            length = at - start + 3 + bytes[at + 2];
        }

        if (start + length > bytes.Length)
        {
            return false;
        }

        body = bytes.Slice(start, length);
        at = start + length;
        return true;
    }

    private static void SplitVarint(
        ReadOnlySpan<byte> body, out ulong value, out ReadOnlySpan<byte> rest)
    {
        var at = 0;
        TryVarint(body, ref at, out value);
        rest = body[at..];
    }

    private static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
