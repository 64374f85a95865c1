using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Reads a file record by record from its start. Stops where a record is cut off; knows where each
/// one lies, so that every error can say so.
/// </summary>
internal sealed class RecordScanner
{
    private readonly Stream _stream;
    private readonly byte[] _prefix = new byte[McapLayout.PrefixBytes];
    private byte[] _content = new byte[1 << 16];
    private int _length;
    private long _next;

    public RecordScanner(Stream stream)
    {
        _stream = stream;
        _stream.Position = 0;
        Span<byte> magic = stackalloc byte[McapLayout.Magic.Length];
        int read = _stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        HasMagic = magic[..read].SequenceEqual(McapLayout.Magic);
        _next = magic.Length;
    }

    public bool HasMagic { get; }

    public McapOpcode Opcode { get; private set; }

    /// <summary>Where the record starts in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the record ends in the file.</summary>
    public long End => _next;

    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>The same, valid until the next record is read.</summary>
    public ReadOnlyMemory<byte> ContentMemory => _content.AsMemory(0, _length);

    /// <summary>The record's opcode and length as they lie in the file.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix;

    /// <summary>Why <see cref="MoveNext"/> ended; null when the file simply ended.</summary>
    public string? Fault { get; private set; }

    public void MoveTo(long offset) => _next = offset;

    public bool MoveNext()
    {
        _stream.Position = _next;
        int read = _stream.ReadAtLeast(_prefix, _prefix.Length, throwOnEndOfStream: false);
        if (read < _prefix.Length)
        {
            Fault = read == 0 ? null : "the file ends within a record";
            return false;
        }

        var cursor = new RecordCursor(_prefix);
        var opcode = (McapOpcode)cursor.ReadByte();
        ulong length = cursor.ReadUInt64();
        if (opcode == 0 || length > (ulong)(_stream.Length - _next - _prefix.Length))
        {
            Fault = opcode == 0 ? "a record has opcode 0" : "the file ends within a record";
            return false;
        }

        if (length > (ulong)Array.MaxLength)
        {
            Fault = $"a record of {length} bytes is too large to read";
            return false;
        }

        Opcode = opcode;
        Offset = _next;
        _length = (int)length;
        if (_content.Length < _length)
        {
            _content = new byte[Math.Max(_length, _content.Length * 2)];
        }

        _stream.ReadExactly(_content, 0, _length);
        _next += _prefix.Length + _length;
        return true;
    }

    /// <summary>An error about the current place of the file.</summary>
    public RecordingException Damaged(string path, string what) => new(
        what,
        $"{path} at byte {Offset}",
        remedy: "'hilrig recover' keeps everything before the damage");
}
