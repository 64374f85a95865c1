using HilRig.Devices.Registers;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// What servos said of themselves when they were last asked for it. Shape [actuator] all of it; old
/// where a servo has not answered.
/// </summary>
public sealed class ActuatorReadBack
{
    /// <summary>Bytes of the block that holds these registers.</summary>
    internal const int BlockBytes = 10;

    internal ActuatorReadBack(int count)
    {
        HasAnswered = new bool[count];
        IsTorqueOn = new bool[count];
        GoalTicks = new int[count];
        TorqueLimit = new int[count];
    }

    /// <summary>Whether the servo answered.</summary>
    public bool[] HasAnswered { get; }

    /// <summary>Whether its torque is on.</summary>
    public bool[] IsTorqueOn { get; }

    /// <summary>Its goal, ticks.</summary>
    public int[] GoalTicks { get; }

    /// <summary>Its torque limit, 0.1 %.</summary>
    public int[] TorqueLimit { get; }

    internal static byte FirstAddress => Sts3215.TorqueEnable.Address;

    /// <summary>Takes an answer.</summary>
    /// <param name="actuator">Whose.</param>
    /// <param name="block">The block of registers.</param>
    internal void Take(int actuator, ReadOnlySpan<byte> block)
    {
        IsTorqueOn[actuator] = Sts3215.TorqueEnable.Decode(block) != 0;
        GoalTicks[actuator] = Decode(Sts3215.GoalPosition, block);
        TorqueLimit[actuator] = Decode(Sts3215.TorqueLimit, block);
    }

    private static int Decode(Register register, ReadOnlySpan<byte> block) =>
        register.Decode(block[(register.Address - FirstAddress)..]);
}
