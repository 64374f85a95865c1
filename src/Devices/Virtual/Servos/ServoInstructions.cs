using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual.Wire;

namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// What a chain of servos does with an instruction packet. Packets that make no sense are met with
/// silence: the protocol has no error bit for them. A broadcast gets no reply, except a ping, which
/// every servo answers in the order of the chain.
/// </summary>
internal static class ServoInstructions
{
    /// <summary>Acts on a packet and says who will answer.</summary>
    /// <returns>Number of replies written to <paramref name="replies"/>.</returns>
    internal static int Execute(
        ReadOnlySpan<VirtualServo> servos,
        in FeetechFrame frame,
        int baud,
        long now,
        Span<PlannedReply> replies)
    {
        if (frame.Instruction == FeetechInstruction.SyncRead)
        {
            return SyncRead(servos, frame, baud, replies);
        }

        if (frame.Instruction == FeetechInstruction.SyncWrite)
        {
            SyncWrite(servos, frame, baud, now);
            return 0;
        }

        var count = 0;
        for (var index = 0; index < servos.Length; index++)
        {
            var servo = servos[index];
            var isMeant = frame.Id == servo.Id || frame.Id == FeetechPacket.BroadcastId;
            if (isMeant && Hears(servo, baud)
                && Single(servo, frame, now, out var address, out var bytes))
            {
                replies[count++] = new PlannedReply(index, address, bytes);
            }
        }

        return count;
    }

    private static bool Hears(VirtualServo servo, int baud) =>
        servo is { IsConnected: true, IsPowered: true } && (baud == 0 || baud == servo.Baud);

    /// <summary>One servo, one instruction; true when it answers.</summary>
    private static bool Single(
        VirtualServo servo, in FeetechFrame frame, long now, out byte address, out byte bytes)
    {
        address = 0;
        bytes = 0;
        var parameters = frame.Parameters;
        var alone = frame.Id != FeetechPacket.BroadcastId;
        var acknowledges = alone && servo.Table.Get(Sts3215.ResponseLevel) != 0;
        switch (frame.Instruction)
        {
            case FeetechInstruction.Ping:
                return true;
            case FeetechInstruction.Read when parameters.Length == 2 && alone:
                address = parameters[0];
                bytes = parameters[1];
                return bytes > 0 && address + bytes <= ControlTable.SizeBytes;
            case FeetechInstruction.Write when parameters.Length >= 2:
                servo.Write(parameters[0], parameters[1..], now);
                return acknowledges;
            case FeetechInstruction.RegWrite when parameters.Length >= 2:
                servo.Prepare(parameters[0], parameters[1..]);
                return acknowledges;
            case FeetechInstruction.Action:
                servo.Act(now);
                return acknowledges;
            case FeetechInstruction.Reset or FeetechInstruction.Reboot:
                servo.Reboot(now, frame.Instruction == FeetechInstruction.Reset);
                return acknowledges;
            case FeetechInstruction.Calibrate:
                servo.Rezero(now);
                return acknowledges;
            default:
                return false;
        }
    }

    private static int SyncRead(
        ReadOnlySpan<VirtualServo> servos,
        in FeetechFrame frame,
        int baud,
        Span<PlannedReply> replies)
    {
        var parameters = frame.Parameters;
        if (parameters.Length < 3 || parameters[1] == 0
            || parameters[0] + parameters[1] > ControlTable.SizeBytes)
        {
            return 0;
        }

        var count = 0;
        foreach (var id in parameters[2..])
        {
            var found = -1;
            for (var index = 0; index < servos.Length; index++)
            {
                if (servos[index].Id == id && Hears(servos[index], baud))
                {
                    found = index;
                    break;
                }
            }

            replies[count++] = new PlannedReply(found, parameters[0], parameters[1]);
        }

        return count;
    }

    private static void SyncWrite(
        ReadOnlySpan<VirtualServo> servos, in FeetechFrame frame, int baud, long now)
    {
        var parameters = frame.Parameters;
        if (parameters.Length < 2)
        {
            return;
        }

        var stride = parameters[1] + 1;
        for (var at = 2; at + stride <= parameters.Length; at += stride)
        {
            foreach (var servo in servos)
            {
                if (servo.Id == parameters[at] && Hears(servo, baud))
                {
                    servo.Write(parameters[0], parameters.Slice(at + 1, stride - 1), now);
                }
            }
        }
    }
}
