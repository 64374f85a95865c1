namespace HilRig.Bridge.SharedMemory;

/// <summary>Words of a state slot, counted in 8 bytes.</summary>
internal static class StateWord
{
    /// <summary>These fields in words, for the hash of the layout.</summary>
    public const string Text = "sequence word 0 (odd while written), check 1, agent 2, answered "
        + "session 3, sequence 4, answered command 5, sampled 6, health 7, fresh 8, hops 9 to 14, "
        + "published 15, stop 16, joint 17, acknowledged 18, bus errors 19, retries 20, "
        + "allocated 21, verdicts 22 to 29, position, velocity, effort from 30";

    public const int SequenceLock = 0;
    public const int Check = 1;
    public const int Agent = 2;
    public const int AnsweredSession = 3;
    public const int Sequence = 4;
    public const int AnsweredCommand = 5;
    public const int Sampled = 6;
    public const int Health = 7;
    public const int Fresh = 8;
    public const int Hops = 9;
    public const int Published = 15;
    public const int Stop = 16;
    public const int StopJoint = 17;
    public const int StopAcknowledged = 18;
    public const int BusErrors = 19;
    public const int BusRetries = 20;
    public const int Allocated = 21;
    public const int Verdicts = 22;
    public const int VerdictCount = 8;
    public const int Values = Verdicts + VerdictCount;
}
