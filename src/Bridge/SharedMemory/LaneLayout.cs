using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// Where everything lies in a lane's file: a header, a ring of states that the agent writes and
/// everybody reads, and one seat for each peer. Words of 8 bytes, little endian. What two processes
/// write lies on cache lines of its own (128 bytes: lines are fetched in pairs).
/// </summary>
/// <remarks>
/// Everything about the layout goes into <see cref="Sha256"/>, which both sides compare: a peer of
/// another build is refused before it reads a single field.
/// </remarks>
internal sealed class LaneLayout
{
    /// <summary>"HILRIGLN", little endian.</summary>
    public const long Magic = 0x4E4C_4749_524C_4948;

    /// <summary>Version of the layout.</summary>
    public const long Version = 1;

    /// <summary>Seats for peers; one bit each in a word.</summary>
    public const int SeatCount = 64;

    /// <summary>States kept for a reader that is late; a power of two.</summary>
    public const int StateSlotCount = 256;

    /// <summary>Longest introduction or answer in the handshake, bytes.</summary>
    public const int MailboxBytes = 16 * 1024;

    /// <summary>Longest introduction taken: an answer may quote it.</summary>
    public const int HelloBytesMax = MailboxBytes / 2;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 4096;

    private const int LineBytes = 128;

    /// <summary>Lays out the file of an agent.</summary>
    /// <param name="dofCount">Number of joints, 1 to 64.</param>
    public LaneLayout(int dofCount)
    {
        DofCount = dofCount;
        CommandWordCount = CommandWord.Position + dofCount;
        StateWordCount = StateWord.Values + (3 * dofCount);
        StateSlotBytes = Round(StateWordCount * sizeof(long));
        SeatBytes = SeatWord.CommandOffset + Round(CommandWordCount * sizeof(long))
            + (2 * MailboxBytes);
        FileBytes = SeatsOffset + ((long)SeatCount * SeatBytes);
        Sha256 = SHA256.HashData(Encoding.ASCII.GetBytes(Describe()));
    }

    /// <summary>Number of joints.</summary>
    public int DofCount { get; }

    /// <summary>Words of a command.</summary>
    public int CommandWordCount { get; }

    /// <summary>Words of a state.</summary>
    public int StateWordCount { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long FileBytes { get; }

    /// <summary>SHA-256 of the layout in words. 32 bytes.</summary>
    public byte[] Sha256 { get; }

    private int StateSlotBytes { get; }

    private int SeatBytes { get; }

    private long SeatsOffset => HeaderBytes + ((long)StateSlotCount * StateSlotBytes);

    /// <summary>Where the slot of a state lies, bytes.</summary>
    /// <param name="index">Index of the state, from 0.</param>
    public long StateOffset(long index) =>
        HeaderBytes + ((index & (StateSlotCount - 1)) * StateSlotBytes);

    /// <summary>Where a seat lies, bytes.</summary>
    /// <param name="seat">0 to 63.</param>
    public long SeatOffset(int seat) => SeatsOffset + ((long)(seat & (SeatCount - 1)) * SeatBytes);

    /// <summary>Where the command slot of a seat lies, bytes.</summary>
    /// <param name="seat">0 to 63.</param>
    public long CommandOffset(int seat) => SeatOffset(seat) + SeatWord.CommandOffset;

    /// <summary>Where a seat's introduction lies, bytes.</summary>
    /// <param name="seat">0 to 63.</param>
    public long HelloOffset(int seat) => SeatOffset(seat) + SeatBytes - (2 * MailboxBytes);

    /// <summary>Where the agent's answer to it lies, bytes.</summary>
    /// <param name="seat">0 to 63.</param>
    public long AnswerOffset(int seat) => SeatOffset(seat) + SeatBytes - MailboxBytes;

    private static int Round(int bytes) => (bytes + LineBytes - 1) / LineBytes * LineBytes;

    private string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        hilrig lane {Version}, words little endian, dof {DofCount}
        header {HeaderBytes}, words {HeaderWord.Text}
        states {StateSlotCount} of {StateSlotBytes}, words {StateWord.Text}
        seats {SeatCount} of {SeatBytes}, words {SeatWord.Text}, mailboxes {MailboxBytes}
        command at {SeatWord.CommandOffset}, words {CommandWord.Text}
        check CRC-32C over the words behind it, begun with the sequence word
        """);
}
