namespace HilRig.Bridge.SharedMemory;

/// <summary>Words of a command slot, counted in 8 bytes.</summary>
internal static class CommandWord
{
    /// <summary>These fields in words, for the hash of the layout.</summary>
    public const string Text = "sequence word 0 (odd while written), check 1, session 2, token 3, "
        + "sequence 4, answered state 5, planned 6, created 7, sent 8, valid until 9, "
        + "torque bits 10, positions from 11";

    public const int SequenceLock = 0;
    public const int Check = 1;
    public const int Session = 2;
    public const int Token = 3;
    public const int Sequence = 4;
    public const int AnsweredState = 5;
    public const int Planned = 6;
    public const int Created = 7;
    public const int Sent = 8;
    public const int ValidUntil = 9;
    public const int TorqueBits = 10;
    public const int Position = 11;
}
