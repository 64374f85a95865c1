using System.Buffers.Binary;
using System.Text;
using HilRig.Core.Errors;

namespace HilRig.Learning.Snapshots;

/// <summary>Gives back what a <see cref="StateWriter"/> collected, in the same order.</summary>
/// <param name="bytes">What was collected.</param>
/// <param name="where">File, for messages.</param>
internal sealed class StateReader(byte[] bytes, string where) : IStateVisitor
{
    private int _at;

    /// <inheritdoc/>
    /// <exception cref="RecordingException">Another name or length is next.</exception>
    public void Visit(string name, Span<byte> target)
    {
        string found = Encoding.UTF8.GetString(Take(
            BinaryPrimitives.ReadUInt16LittleEndian(Take(2))));
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        if (found != name || length != target.Length)
        {
            throw new RecordingException(
                "A snapshot does not fit these networks",
                where,
                FormattableString.Invariant($"{name}, {target.Length} bytes"),
                FormattableString.Invariant($"{found}, {length} bytes"),
                "the version of HilRig and the configuration that wrote it");
        }

        Take((int)length).CopyTo(target);
    }

    /// <summary>Requires that all was given back.</summary>
    /// <exception cref="RecordingException">Some was not.</exception>
    public void RequireEnd()
    {
        if (_at != bytes.Length)
        {
            throw new RecordingException(
                "A snapshot has more state than these networks",
                where,
                FormattableString.Invariant($"{_at} bytes"),
                FormattableString.Invariant($"{bytes.Length} bytes"));
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - _at)
        {
            throw new RecordingException(
                "A snapshot has less state than these networks",
                where,
                FormattableString.Invariant($"more than {bytes.Length} bytes"),
                "its end");
        }

        ReadOnlySpan<byte> taken = bytes.AsSpan(_at, count);
        _at += count;
        return taken;
    }
}
