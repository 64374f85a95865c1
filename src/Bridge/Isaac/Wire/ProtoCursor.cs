using System.Buffers.Binary;

namespace HilRig.Bridge.Isaac.Wire;

/// <summary>
/// Reads the fields of one protobuf message in place: no copies, no allocation, never throws.
/// </summary>
/// <param name="bytes">The message.</param>
internal ref struct ProtoCursor(ReadOnlySpan<byte> bytes)
{
    /// <summary>Wire type of integers.</summary>
    public const int Varint = 0;

    /// <summary>Wire type of double.</summary>
    public const int Fixed64 = 1;

    /// <summary>Wire type of strings, bytes, messages and packed numbers.</summary>
    public const int Delimited = 2;

    /// <summary>Wire type of float.</summary>
    public const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Wire type of the current field.</summary>
    public int WireType { get; private set; }

    /// <summary>Value of a varint or fixed field.</summary>
    public ulong Bits { get; private set; }

    /// <summary>Content of a delimited field.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether the bytes are not a protobuf message.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end, or when the rest is malformed.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        if (!TryVarint(out ulong tag) || tag >> 3 is 0 or > 0x1FFF_FFFF)
        {
            return Refuse();
        }

        Field = (int)(tag >> 3);
        WireType = (int)(tag & 7);
        Content = default;
        Bits = 0;
        return WireType switch
        {
            Varint => TakeVarint(),
            Fixed64 => TakeFixed(sizeof(ulong)),
            Delimited => TakeContent(),
            Fixed32 => TakeFixed(sizeof(uint)),
            _ => Refuse(),
        };
    }

    private bool TakeVarint()
    {
        bool taken = TryVarint(out ulong value);
        Bits = value;
        return taken || Refuse();
    }

    private bool TakeFixed(int size)
    {
        if (_rest.Length < size)
        {
            return Refuse();
        }

        Bits = size == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(_rest)
            : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[size..];
        return true;
    }

    private bool TakeContent()
    {
        if (!TryVarint(out ulong length) || length > (ulong)_rest.Length)
        {
            return Refuse();
        }

        Content = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool Refuse()
    {
        IsMalformed = true;
        return false;
    }
}
