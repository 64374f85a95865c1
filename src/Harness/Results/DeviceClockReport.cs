namespace HilRig.Harness.Results;

/// <summary>
/// How well a device that sets the pace was answered, over the whole run (approach included).
/// </summary>
public sealed record DeviceClockReport
{
    /// <summary>
    /// control_command_success_rate at the end: share of the last 100 packets that were answered in
    /// time, 0 to 1.
    /// </summary>
    public required double ControlCommandSuccessRate { get; init; }

    /// <summary>The lowest it was.</summary>
    public required double ControlCommandSuccessRateMin { get; init; }

    /// <summary>Packets that were not answered in time, by the device's count.</summary>
    public required long AnswersLost { get; init; }

    /// <summary>Most of them in a row; one more than the device allows stops it.</summary>
    public required int LongestLoss { get; init; }

    /// <summary>Packets that never reached the host.</summary>
    public required long PacketsMissed { get; init; }

    /// <summary>Cycles that the device itself was too late for (an emulated one may be).</summary>
    public required long CyclesLeftOut { get; init; }
}
