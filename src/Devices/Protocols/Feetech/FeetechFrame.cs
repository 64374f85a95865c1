namespace HilRig.Devices.Protocols.Feetech;

/// <summary>
/// One packet whose checksum holds. Instruction and status packets look alike on the wire; who
/// reads it knows which one it expects.
/// </summary>
public readonly ref struct FeetechFrame
{
    internal FeetechFrame(byte id, byte code, ReadOnlySpan<byte> parameters)
    {
        Id = id;
        Code = code;
        Parameters = parameters;
    }

    /// <summary>Servo that is meant or that answers; 254 is everyone.</summary>
    public byte Id { get; }

    /// <summary>The byte after LEN: an instruction, or the error bits of a status packet.</summary>
    public byte Code { get; }

    /// <summary>Parameters; valid until the parser is fed again.</summary>
    public ReadOnlySpan<byte> Parameters { get; }

    /// <summary><see cref="Code"/> of an instruction packet.</summary>
    public FeetechInstruction Instruction => (FeetechInstruction)Code;

    /// <summary><see cref="Code"/> of a status packet.</summary>
    public ServoErrors Errors => (ServoErrors)Code;
}
