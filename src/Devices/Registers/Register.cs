namespace HilRig.Devices.Registers;

/// <summary>One entry of a servo's control table.</summary>
/// <param name="Name">Name in rig files, lower case with underscores.</param>
/// <param name="Address">Address of the first byte.</param>
/// <param name="Length">Bytes, 1 or 2; low byte first.</param>
/// <param name="Access">Whether it can be written.</param>
/// <param name="Unit">What one count means.</param>
/// <param name="SignBit">Bit that holds the sign of a sign-magnitude value; null: unsigned.</param>
/// <param name="Default">
/// Factory value; null where it depends on the servo or is a measurement.
/// </param>
/// <param name="Max">Largest magnitude a host may write.</param>
public sealed record Register(
    string Name,
    byte Address,
    byte Length,
    RegisterAccess Access,
    RegisterUnit Unit = RegisterUnit.None,
    int? SignBit = null,
    int? Default = null,
    int Max = 254)
{
    /// <summary>First address that is not EEPROM.</summary>
    public const byte RamStart = 40;

    /// <summary>Where it lives; follows from the address.</summary>
    public RegisterArea Area => Address < RamStart ? RegisterArea.Eeprom : RegisterArea.Ram;

    /// <summary>Reads the register's value out of its bytes.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes, starting at the register.</param>
    /// <returns>Signed value in counts.</returns>
    public int Decode(ReadOnlySpan<byte> bytes)
    {
        int raw = Length == 1 ? bytes[0] : bytes[0] | (bytes[1] << 8);
        return SignBit is int bit ? SignMagnitude.Decode(raw, bit) : raw;
    }

    /// <summary>Writes a value as the register's bytes.</summary>
    /// <param name="value">Signed value in counts.</param>
    /// <param name="bytes">Receives <see cref="Length"/> bytes.</param>
    /// <returns>
    /// False when the value does not fit into the register; nothing is written then.
    /// </returns>
    public bool TryEncode(int value, Span<byte> bytes)
    {
        int magnitudeMax = SignBit is int sign ? (1 << sign) - 1 : (1 << (8 * Length)) - 1;
        if (value > magnitudeMax || value < (SignBit is null ? 0 : -magnitudeMax))
        {
            return false;
        }

        int raw = SignBit is int bit ? SignMagnitude.Encode(value, bit) : value;
        bytes[0] = (byte)raw;
        if (Length == 2)
        {
            bytes[1] = (byte)(raw >> 8);
        }

        return true;
    }
}
