using HilRig.Core.Errors;
using HilRig.Core.Joints;

namespace HilRig.Devices.Agent;

/// <summary>How an agent behaves, beyond what its rig file says. Immutable.</summary>
public sealed record AgentOptions
{
    /// <summary>Longest pause between two reads of the bus, 1 ms to 1 s. Default 20 ms.</summary>
    public TimeSpan IdlePeriod { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long after arming the first command may take, at least the rig's deadman. The arm holds
    /// its measured pose meanwhile. Default 2 s.
    /// </summary>
    public TimeSpan FirstCommandTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Illegal commands in a row after which the agent stops, at least 1. Default 5.
    /// </summary>
    public int IllegalCommandLimit { get; init; } = 5;

    /// <summary>
    /// Failed reads of one servo in a row after which it is lost, once they also span half the
    /// rig's deadman; at least 1. Default 5.
    /// </summary>
    public int LostReadLimit { get; init; } = 5;

    /// <summary>
    /// Reads in a row that must show an error bit, or a supply or temperature outside the rig's
    /// range, before the agent stops, at least 1. Default 3.
    /// </summary>
    public int ServoErrorReadLimit { get; init; } = 3;

    /// <summary>
    /// How long the end of a run waits for servos to confirm the posture. Default 1 s.
    /// </summary>
    public TimeSpan PostureTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether the rig moves only while a guardian beats on the page. Default false: an agent that
    /// is started by hand has none.
    /// </summary>
    public bool RequireGuardian { get; init; }

    /// <summary>
    /// How long a required guardian may be silent; above zero. Default 1 s.
    /// </summary>
    public TimeSpan GuardianSilenceMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A stop that an earlier process latched; the agent starts in it. Default none.
    /// </summary>
    public StopReason LatchedStop { get; init; }

    /// <summary>Reports every option outside its range at once.</summary>
    /// <exception cref="DeviceException">Some option is outside its range.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (IdlePeriod < TimeSpan.FromMilliseconds(1) || IdlePeriod > TimeSpan.FromSeconds(1))
        {
            faults.Add($"{nameof(IdlePeriod)} is {IdlePeriod}, outside 1 ms to 1 s");
        }

        if (FirstCommandTimeout <= TimeSpan.Zero)
        {
            faults.Add($"{nameof(FirstCommandTimeout)} is {FirstCommandTimeout}, not above zero");
        }

        if (GuardianSilenceMax <= TimeSpan.Zero)
        {
            faults.Add($"{nameof(GuardianSilenceMax)} is {GuardianSilenceMax}, not above zero");
        }

        AddBelowOne(faults, nameof(IllegalCommandLimit), IllegalCommandLimit);
        AddBelowOne(faults, nameof(LostReadLimit), LostReadLimit);
        AddBelowOne(faults, nameof(ServoErrorReadLimit), ServoErrorReadLimit);
        if (faults.Count > 0)
        {
            throw new DeviceException(
                "the agent's options are wrong", found: string.Join("; ", faults));
        }
    }

    private static void AddBelowOne(List<string> faults, string name, int value)
    {
        if (value < 1)
        {
            faults.Add($"{name} is {value}, below 1");
        }
    }
}
