namespace HilRig.Devices.Power.Gpio;

/// <summary>One line of a GPIO chip, requested as input or as output. For one thread.</summary>
public interface IGpioLine : IDisposable
{
    /// <summary>Chip and line, for messages.</summary>
    string Name { get; }

    /// <summary>Reads the line. Never throws.</summary>
    /// <param name="isActive">Its logical value.</param>
    /// <returns>False when the chip is gone.</returns>
    bool TryRead(out bool isActive);

    /// <summary>Drives the line. Never throws.</summary>
    /// <param name="isActive">Its logical value.</param>
    /// <returns>False when the chip is gone.</returns>
    bool TryWrite(bool isActive);
}
