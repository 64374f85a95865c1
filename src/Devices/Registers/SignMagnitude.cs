namespace HilRig.Devices.Registers;

/// <summary>
/// Feetech's signed values: one bit says the sign, the bits below hold the magnitude. Not two's
/// complement.
/// </summary>
public static class SignMagnitude
{
    /// <summary>Signed value of a raw register value.</summary>
    /// <param name="raw">Raw value, unsigned.</param>
    /// <param name="signBit">Index of the sign bit, 0 is the lowest.</param>
    public static int Decode(int raw, int signBit)
    {
        int magnitude = raw & ((1 << signBit) - 1);
        return ((raw >> signBit) & 1) == 0 ? magnitude : -magnitude;
    }

    /// <summary>
    /// Raw register value of a signed value, whose magnitude is clamped to what fits.
    /// </summary>
    /// <param name="value">Signed value.</param>
    /// <param name="signBit">Index of the sign bit, 0 is the lowest.</param>
    public static int Encode(int value, int signBit)
    {
        int magnitudeMax = (1 << signBit) - 1;
        int clamped = Math.Clamp(value, -magnitudeMax, magnitudeMax);
        return clamped < 0 ? -clamped | (1 << signBit) : clamped;
    }
}
