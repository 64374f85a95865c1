using HilRig.Bridge.Security.Gate;

namespace HilRig.Bridge.Security.Zmtp;

/// <summary>
/// Greeting of ZMTP 3.x (RFC 23): signature (0xff, 8 bytes of padding, 0x7f), version (major,
/// minor), mechanism (20 bytes, padded with zeros), as-server, 31 bytes of filler.
/// </summary>
internal static class ZmtpGreeting
{
    /// <summary>Length of the whole greeting.</summary>
    public const int Bytes = 64;

    /// <summary>Length of signature and major version, which tell old protocols apart.</summary>
    public const int VersionEnd = 11;

    /// <summary>What every greeting since ZMTP 2.0 begins with.</summary>
    public const byte FirstByte = 0xff;

    private const int SignatureEnd = 9;
    private const int MechanismStart = 12;
    private const int MechanismEnd = 32;
    private const byte Major = 3;

    /// <summary>Our own: 3.0, NULL.</summary>
    public static byte[] Ours()
    {
        byte[] greeting = new byte[Bytes];
        greeting[0] = FirstByte;
        greeting[SignatureEnd] = 0x7f;
        greeting[SignatureEnd + 1] = Major;
        "NULL"u8.CopyTo(greeting.AsSpan(MechanismStart));
        return greeting;
    }

    /// <summary>
    /// Judges the first <see cref="VersionEnd"/> bytes: ZMTP 1.0 and 2.0 send no more, and wait.
    /// </summary>
    /// <param name="start">These bytes.</param>
    public static GateReason JudgeVersion(ReadOnlySpan<byte> start) =>
        start[0] == FirstByte && start[SignatureEnd] == 0x7f && start[SignatureEnd + 1] >= Major
            ? GateReason.None : GateReason.OldGreeting;

    /// <summary>Judges a whole greeting.</summary>
    /// <param name="greeting">64 bytes.</param>
    public static GateReason Judge(ReadOnlySpan<byte> greeting)
    {
        if (JudgeVersion(greeting) is var old and not GateReason.None)
        {
            return old;
        }

        ReadOnlySpan<byte> mechanism = greeting[MechanismStart..MechanismEnd];
        bool isNull = mechanism.StartsWith("NULL"u8) && !mechanism[4..].ContainsAnyExcept((byte)0)
            && greeting[MechanismEnd] == 0;
        return isNull ? GateReason.None : GateReason.Mechanism;
    }
}
