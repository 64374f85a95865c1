namespace HilRig.Devices.Protocols.Feetech;

/// <summary>
/// Writes Feetech SCS/STS packets (protocol 0). Nothing here allocates or reads a clock.
/// <code>
/// byte   0    1    2    3     4                 5 …         last
///        FF   FF   ID   LEN   instruction|ERR   parameters  CHK
/// LEN = parameters + 2      CHK = ~(ID + LEN + byte 4 + parameters) &amp; FF
/// </code>
/// There is no byte stuffing: FF FF may occur inside the parameters.
/// Source: Feetech "SCS serial servo communication protocol" manual, §1.1 to §1.3.
/// </summary>
public static class FeetechPacket
{
    /// <summary>Both header bytes.</summary>
    public const byte HeaderByte = 0xFF;

    /// <summary>Id that addresses every servo; nobody answers, except to a ping.</summary>
    public const byte BroadcastId = 0xFE;

    /// <summary>Highest id a servo can have.</summary>
    public const byte ServoIdMax = 0xFD;

    /// <summary>Bytes of a packet without parameters.</summary>
    public const int OverheadBytes = 6;

    /// <summary>Most parameter bytes of one packet, because LEN is one byte.</summary>
    public const int ParameterBytesMax = 253;

    /// <summary>Bytes of the longest packet.</summary>
    public const int PacketBytesMax = OverheadBytes + ParameterBytesMax;

    /// <summary>Writes any packet.</summary>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="id">Servo, or 254.</param>
    /// <param name="code">Instruction, or error bits of a status packet.</param>
    /// <param name="parameters">At most 253 bytes.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">Too many parameters, or no room for them.</exception>
    public static int Encode(Span<byte> target, byte id, byte code, ReadOnlySpan<byte> parameters)
    {
        Span<byte> body = Begin(target, id, code, parameters.Length);
        parameters.CopyTo(body);
        return Finish(target, parameters.Length);
    }

    /// <summary>Writes a status packet, as a servo does.</summary>
    /// <inheritdoc cref="Encode"/>
    /// <param name="target"/>
    /// <param name="id"/>
    /// <param name="errors">Error bits.</param>
    /// <param name="parameters"/>
    public static int EncodeStatus(
        Span<byte> target, byte id, ServoErrors errors, ReadOnlySpan<byte> parameters) =>
        Encode(target, id, (byte)errors, parameters);

    /// <summary>Writes a ping.</summary>
    /// <inheritdoc cref="Encode"/>
    public static int EncodePing(Span<byte> target, byte id) =>
        Encode(target, id, (byte)FeetechInstruction.Ping, default);

    /// <summary>Writes an action: every servo does what its last reg write prepared.</summary>
    /// <inheritdoc cref="Encode"/>
    public static int EncodeAction(Span<byte> target, byte id = BroadcastId) =>
        Encode(target, id, (byte)FeetechInstruction.Action, default);

    /// <summary>Writes a read.</summary>
    /// <inheritdoc cref="Encode"/>
    /// <param name="target"/>
    /// <param name="id"/>
    /// <param name="address">First register address.</param>
    /// <param name="count">Bytes to read, 1 to 253.</param>
    public static int EncodeRead(Span<byte> target, byte id, byte address, byte count)
    {
        ReadOnlySpan<byte> parameters = [address, count];
        return Encode(target, id, (byte)FeetechInstruction.Read, parameters);
    }

    /// <summary>Writes a write.</summary>
    /// <inheritdoc cref="Encode"/>
    /// <param name="target"/>
    /// <param name="id"/>
    /// <param name="address">First register address.</param>
    /// <param name="bytes">At most 252 register bytes.</param>
    public static int EncodeWrite(
        Span<byte> target, byte id, byte address, ReadOnlySpan<byte> bytes) =>
        EncodeAddressed(target, id, FeetechInstruction.Write, address, bytes);

    /// <summary>Writes a reg write, which waits for an action.</summary>
    /// <inheritdoc cref="EncodeWrite"/>
    public static int EncodeRegWrite(
        Span<byte> target, byte id, byte address, ReadOnlySpan<byte> bytes) =>
        EncodeAddressed(target, id, FeetechInstruction.RegWrite, address, bytes);

    /// <summary>Writes a sync read; one status packet per id comes back, in this order.</summary>
    /// <inheritdoc cref="EncodeRead"/>
    /// <param name="target"/>
    /// <param name="address"/>
    /// <param name="count">Bytes to read from each servo.</param>
    /// <param name="ids">Servos, each once, at most 251.</param>
    public static int EncodeSyncRead(
        Span<byte> target, byte address, byte count, ReadOnlySpan<byte> ids)
    {
        int length = 2 + ids.Length;
        Span<byte> body = Begin(target, BroadcastId, (byte)FeetechInstruction.SyncRead, length);
        body[0] = address;
        body[1] = count;
        ids.CopyTo(body[2..]);
        return Finish(target, length);
    }

    /// <summary>Writes a sync write; nobody answers.</summary>
    /// <inheritdoc cref="EncodeSyncRead"/>
    /// <param name="target"/>
    /// <param name="address"/>
    /// <param name="count">Bytes for each servo.</param>
    /// <param name="ids"/>
    /// <param name="bytes">Register bytes, <paramref name="count"/> for each id in turn.</param>
    public static int EncodeSyncWrite(
        Span<byte> target,
        byte address,
        byte count,
        ReadOnlySpan<byte> ids,
        ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ids.Length * count)
        {
            throw new ArgumentException("bytes must hold count bytes for each id", nameof(bytes));
        }

        int length = 2 + (ids.Length * (count + 1));
        Span<byte> body = Begin(target, BroadcastId, (byte)FeetechInstruction.SyncWrite, length);
        body[0] = address;
        body[1] = count;
        int at = 2;
        for (int index = 0; index < ids.Length; index++)
        {
            body[at] = ids[index];
            bytes.Slice(index * count, count).CopyTo(body[(at + 1)..]);
            at += count + 1;
        }

        return Finish(target, length);
    }

    /// <summary>Checksum of a packet's bytes from ID to the last parameter.</summary>
    /// <param name="bytes">The bytes without header and without checksum.</param>
    public static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
        }

        return (byte)~sum;
    }

    private static int EncodeAddressed(
        Span<byte> target,
        byte id,
        FeetechInstruction instruction,
        byte address,
        ReadOnlySpan<byte> bytes)
    {
        int length = 1 + bytes.Length;
        Span<byte> body = Begin(target, id, (byte)instruction, length);
        body[0] = address;
        bytes.CopyTo(body[1..]);
        return Finish(target, length);
    }

    private static Span<byte> Begin(Span<byte> target, byte id, byte code, int parameterBytes)
    {
        if (parameterBytes > ParameterBytesMax)
        {
            throw new ArgumentException(
                "a Feetech packet has at most 253 parameter bytes", nameof(parameterBytes));
        }

        if (target.Length < OverheadBytes + parameterBytes)
        {
            throw new ArgumentException("no room for the packet", nameof(target));
        }

        target[0] = HeaderByte;
        target[1] = HeaderByte;
        target[2] = id;
        target[3] = (byte)(parameterBytes + 2);
        target[4] = code;
        return target.Slice(5, parameterBytes);
    }

    private static int Finish(Span<byte> target, int parameterBytes)
    {
        int checksumIndex = 5 + parameterBytes;
        target[checksumIndex] = Checksum(target[2..checksumIndex]);
        return checksumIndex + 1;
    }
}
