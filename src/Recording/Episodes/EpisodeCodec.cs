using System.Buffers.Binary;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Episodes;

/// <summary>
/// Episodes as bytes, little endian: what a log's record holds and what the bridge carries.
/// Version, kinds and numbers first, then the arrays one after another.
/// </summary>
public static class EpisodeCodec
{
    /// <summary>Steps of the longest episode that is taken.</summary>
    public const int StepsMax = 100_000;

    /// <summary>Numbers of the largest observation or action that is taken.</summary>
    public const int NumbersMax = 4096;

    /// <summary>Bytes of the longest episode that is taken.</summary>
    public const int BytesMax = 32 << 20;

    private const ushort Version = 1;

    /// <summary>Encodes an episode.</summary>
    /// <param name="episode">The episode; it is checked.</param>
    /// <exception cref="RecordingException">It is not whole, or too large.</exception>
    public static byte[] Encode(Episode episode)
    {
        var buffer = new RecordBuffer(4096);
        Append(buffer, episode);
        return buffer.Written.ToArray();
    }

    /// <summary>Decodes an episode.</summary>
    /// <param name="bytes">What <see cref="Encode"/> made.</param>
    /// <param name="where">File and place, for the message.</param>
    /// <exception cref="RecordingException">The bytes are no episode.</exception>
    public static Episode Decode(ReadOnlySpan<byte> bytes, string where)
    {
        var cursor = new RecordCursor(bytes);
        ushort version = cursor.ReadUInt16();
        if (!cursor.Failed && version != Version)
        {
            throw new RecordingException(
                "An episode is of another version", where, $"{Version}", $"{version}");
        }

        Episode? episode = Read(ref cursor);
        if (episode is null || cursor.Failed || cursor.Remaining > 0)
        {
            throw new RecordingException(
                "These bytes are no episode", where, found: $"{bytes.Length} bytes");
        }

        episode.Require(where);
        return episode;
    }

    internal static void Append(RecordBuffer buffer, Episode episode)
    {
        episode.Require("an episode to be kept");
        if (episode.StepCount > StepsMax
            || episode.ObservationCount > NumbersMax
            || episode.ActionCount > NumbersMax
            || BytesOf(episode.StepCount, episode.ObservationCount, episode.ActionCount)
                > BytesMax)
        {
            throw new RecordingException(
                "An episode is too large to be kept",
                expected: $"at most {StepsMax} steps of {NumbersMax} numbers, {BytesMax} bytes",
                found: $"{episode.StepCount} steps of {episode.ObservationCount} numbers");
        }

        buffer.AppendUInt16(Version);
        buffer.AppendByte((byte)episode.Purpose);
        buffer.AppendByte((byte)episode.End);
        buffer.AppendByte((byte)episode.Verdict);
        buffer.AppendByte((byte)episode.VerdictSource);
        buffer.AppendString(episode.Task);
        buffer.AppendUInt64((ulong)episode.StartIndex);
        buffer.AppendUInt64(episode.StartSeed);
        buffer.AppendString(episode.PolicySha256);
        buffer.AppendString(episode.Operator);
        buffer.AppendUInt64(BitConverter.DoubleToUInt64Bits(episode.Reset.ResetSeconds));
        buffer.AppendUInt64(BitConverter.DoubleToUInt64Bits(episode.Reset.IdleSeconds));
        buffer.AppendUInt32((uint)episode.Reset.FailedVerifyCount);
        buffer.AppendUInt64((ulong)episode.BeganNanoseconds);
        buffer.AppendUInt64((ulong)episode.BeganUtc.UtcTicks);
        buffer.AppendUInt32((uint)episode.StepCount);
        buffer.AppendUInt32((uint)episode.ObservationCount);
        buffer.AppendUInt32((uint)episode.ActionCount);
        AppendNumbers(buffer, episode.Observations);
        AppendNumbers(buffer, episode.Actions);
        AppendNumbers(buffer, episode.ReinforcementValues);
        AppendNumbers(buffer, episode.ImitationValues);
        foreach (Proposer proposer in episode.Proposers)
        {
            buffer.AppendByte((byte)proposer);
        }

        foreach (StepFlags flags in episode.Flags)
        {
            buffer.AppendByte((byte)flags);
        }
    }

    private static Episode? Read(ref RecordCursor cursor)
    {
        byte purpose = cursor.ReadByte();
        byte end = cursor.ReadByte();
        byte verdict = cursor.ReadByte();
        byte source = cursor.ReadByte();
        string task = cursor.ReadString();
        long startIndex = (long)cursor.ReadUInt64();
        ulong startSeed = cursor.ReadUInt64();
        string policy = cursor.ReadString();
        string operatorName = cursor.ReadString();
        var reset = new ResetFigures(
            BitConverter.UInt64BitsToDouble(cursor.ReadUInt64()),
            BitConverter.UInt64BitsToDouble(cursor.ReadUInt64()),
            (int)cursor.ReadUInt32());
        long beganNanoseconds = (long)cursor.ReadUInt64();
        long utcTicks = (long)cursor.ReadUInt64();
        uint steps = cursor.ReadUInt32();
        uint observations = cursor.ReadUInt32();
        uint actions = cursor.ReadUInt32();
        bool isSane = !cursor.Failed
            && purpose <= (byte)EpisodePurpose.Evaluation
            && end <= (byte)EpisodeEnd.RigStopped
            && verdict <= (byte)EpisodeVerdict.Discarded
            && source <= (byte)VerdictSource.Correction
            && utcTicks >= 0 && utcTicks <= DateTimeOffset.MaxValue.Ticks
            && steps is > 0 and <= StepsMax
            && observations <= NumbersMax
            && actions <= NumbersMax
            && BytesOf(steps, observations, actions) == cursor.Remaining;
        return isSane
            ? new Episode
            {
                Task = task,
                Purpose = (EpisodePurpose)purpose,
                StartIndex = startIndex,
                StartSeed = startSeed,
                Observations = ReadNumbers(ref cursor, (steps + 1) * observations),
                Actions = ReadNumbers(ref cursor, steps * actions),
                ReinforcementValues = ReadNumbers(ref cursor, steps),
                ImitationValues = ReadNumbers(ref cursor, steps),
                Proposers = ReadProposers(ref cursor, (int)steps),
                Flags = [.. cursor.ReadBytes(steps).ToArray().Select(flags => (StepFlags)flags)],
                End = (EpisodeEnd)end,
                Verdict = (EpisodeVerdict)verdict,
                VerdictSource = (VerdictSource)source,
                PolicySha256 = policy,
                Operator = operatorName,
                Reset = reset,
                BeganNanoseconds = beganNanoseconds,
                BeganUtc = new DateTimeOffset(utcTicks, TimeSpan.Zero),
            }
            : null;
    }

    private static long BytesOf(long steps, long observations, long actions) =>
        (4 * (steps + 1) * observations) + (4 * steps * actions) + (10 * steps);

    private static Proposer[] ReadProposers(ref RecordCursor cursor, int count)
    {
        ReadOnlySpan<byte> bytes = cursor.ReadBytes((ulong)count);
        var proposers = new Proposer[bytes.Length];
        for (int i = 0; i < proposers.Length; i++)
        {
            proposers[i] = bytes[i] <= (byte)Proposer.Safety
                ? (Proposer)bytes[i]
                : throw new RecordingException(
                    "An episode names an unknown proposer", found: $"{bytes[i]}");
        }

        return proposers;
    }

    private static void AppendNumbers(RecordBuffer buffer, float[] values)
    {
        Span<byte> bytes = buffer.Append(4 * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], values[i]);
        }
    }

    private static float[] ReadNumbers(ref RecordCursor cursor, uint count)
    {
        ReadOnlySpan<byte> bytes = cursor.ReadBytes(4UL * count);
        var values = new float[bytes.Length / 4];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
        }

        return values;
    }
}
