using HilRig.Devices.Buses.RealTime;

namespace HilRig.Devices.Buses;

/// <summary>
/// While it is open, registers below 40 of one servo may be written; disposing it locks them again.
/// Get one from <see cref="FeetechBus.Configure"/>.
/// </summary>
public sealed class ConfigurationScope : IDisposable
{
    private const int LockAttempts = 3;

    private readonly FeetechBus _bus;
    private readonly byte _id;
    private readonly ConfigurationLifetime _lifetime;
    private bool _isClosed;

    internal ConfigurationScope(FeetechBus bus, byte id, ConfigurationLifetime lifetime)
    {
        _bus = bus;
        _id = id;
        _lifetime = lifetime;
    }

    /// <summary>Locks the registers again; says whether the servo confirmed.</summary>
    /// <returns>Ok, or why the servo may still be unlocked.</returns>
    public BusStatus Close()
    {
        if (_isClosed)
        {
            return BusStatus.Ok;
        }

        _isClosed = true;
        _bus.Guard.Forbid(_id);
        if (_lifetime == ConfigurationLifetime.UntilPowerOff)
        {
            return BusStatus.Ok;
        }

        BusStatus status = BusStatus.Timeout;
        for (int attempt = 0; attempt < LockAttempts; attempt++)
        {
            status = _bus.WriteLock(_id, isLocked: true);
            if (status is BusStatus.Ok or BusStatus.DeviceError or BusStatus.Lost)
            {
                break;
            }
        }

        return status;
    }

    /// <summary>As <see cref="Close"/>, for <c>using</c>.</summary>
    public void Dispose() => _ = Close();
}
