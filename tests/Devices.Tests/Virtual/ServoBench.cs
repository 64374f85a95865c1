using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Servos;
using HilRig.Devices.Virtual.Wire;

namespace HilRig.Devices.Tests.Virtual;

/// <summary>
/// One or more virtual servos with pendulums, driven by packets as on a bus, no wire between.
/// </summary>
internal sealed class ServoBench
{
    private readonly byte[] _bytes = new byte[FeetechPacket.PacketBytesMax];
    private readonly PlannedReply[] _replies = new PlannedReply[VirtualArm.RepliesMax];
    private readonly FeetechParser _parser = new();

    internal ServoBench(VirtualArmOptions options, PendulumLoad load)
    {
        Load = load;
        Arm = new VirtualArm(options, load);
    }

    internal PendulumLoad Load { get; }

    internal VirtualArm Arm { get; }

    internal double Position => Arm.JointPosition[0];

    internal double Velocity => Arm.JointVelocity[0];

    internal VirtualServo Servo => Arm.Servos[0];

    /// <summary>A bench with one servo of id 1 whose counts grow from 2048 at joint zero.</summary>
    internal static ServoBench One(
        VirtualServoParameters parameters,
        PendulumParameters pendulum,
        double volts = 12,
        double initial = 0,
        double supplyResistance = 0) =>
        new(Options([parameters], volts, initial, supplyResistance), new PendulumLoad(pendulum));

    internal static VirtualArmOptions Options(
        VirtualServoParameters[] parameters,
        double volts = 12,
        double initial = 0,
        double supplyResistance = 0) => new()
        {
            Seed = 7,
            SupplyVolts = volts,
            SupplyResistance = supplyResistance,
            InitialPosition = [.. parameters.Select(_ => initial)],
            Servos =
            [
                .. parameters.Select((servo, index) => new VirtualServoPlacement
                {
                    Id = (byte)(index + 1),
                    Dof = index,
                    Sign = 1,
                    ZeroTicks = 2048,
                    Parameters = servo,
                }),
            ],
        };

    internal void Run(double seconds) =>
        Arm.StepTo(Arm.ArmNanoseconds + (long)Math.Round(seconds * 1e9));

    internal void Write(Register register, int value, byte id = 1)
    {
        Span<byte> bytes = stackalloc byte[register.Length];
        Assert.That(register.TryEncode(value, bytes), Is.True);
        Send(FeetechPacket.EncodeWrite(_bytes, id, register.Address, bytes));
    }

    /// <summary>Writes a raw word, which may be what the register would never hold.</summary>
    internal void WriteRaw(int address, params byte[] values) =>
        Send(FeetechPacket.EncodeWrite(_bytes, 1, (byte)address, values));

    internal int Send(FeetechInstruction instruction, byte id = 1, params byte[] parameters) =>
        Send(FeetechPacket.Encode(_bytes, id, (byte)instruction, parameters));

    internal int Read(Register register, byte id = 1) => Arm.ReadRegister(id, register);

    private int Send(int count)
    {
        _parser.Feed(_bytes.AsSpan(0, count));
        Assert.That(_parser.TryNext(out var frame), Is.True);
        return Arm.Execute(frame, 0, _replies);
    }
}
