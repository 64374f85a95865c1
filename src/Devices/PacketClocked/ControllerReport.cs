namespace HilRig.Devices.PacketClocked;

/// <summary>What a controller last said of itself and of the motion.</summary>
/// <param name="Mode">What it does with commands.</param>
/// <param name="Cause">Why it stopped.</param>
/// <param name="IsAtRest">Whether no joint moves.</param>
/// <param name="ControlCommandSuccessRate">
/// Share of the last 100 states that were answered in time, 0 to 1.
/// </param>
/// <param name="LostCount">States of this motion that were not answered in time.</param>
/// <param name="LongestLostInRow">Most of them in a row.</param>
/// <param name="OverrunCount">Cycles the controller itself was too late for.</param>
/// <param name="AnswerNanoseconds">How long the last answer took; 0 for none.</param>
public readonly record struct ControllerReport(
    ControllerMode Mode,
    ControllerStopCause Cause,
    bool IsAtRest,
    float ControlCommandSuccessRate,
    long LostCount,
    int LongestLostInRow,
    long OverrunCount,
    long AnswerNanoseconds);
