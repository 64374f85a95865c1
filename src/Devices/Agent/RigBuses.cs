using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;

namespace HilRig.Devices.Agent;

/// <summary>
/// The connected buses of a rig, and how those that were lost come back. Set-up only: it waits,
/// allocates and throws. Owned by one thread at a time.
/// </summary>
public sealed class RigBuses : IDisposable
{
    // Long enough for a port that has just been plugged in, short enough for a person who waits.
    private static readonly TimeSpan ReconnectPatience = TimeSpan.FromSeconds(2);
    private readonly ServoBusConnector[] _connectors;
    private readonly ConnectedBus?[] _connected;

    private RigBuses(ServoBusConnector[] connectors)
    {
        _connectors = connectors;
        _connected = new ConnectedBus?[connectors.Length];
    }

    /// <summary>The buses, in the order of the rig file.</summary>
    public IReadOnlyList<FeetechBus> Buses => [.. _connected.Select(connected => connected!.Bus)];

    /// <summary>Connects every bus of a rig.</summary>
    /// <param name="rig">The rig; its ports must be real ones.</param>
    /// <param name="cancel">Gives up early.</param>
    /// <exception cref="RigException">A bus has no servo, or cannot be connected.</exception>
    public static RigBuses Connect(RigDescription rig, CancellationToken cancel = default) =>
        Connect(rig, (bus, servos) => new ServoBusConnector(bus, servos), cancel);

    internal static RigBuses Connect(
        RigDescription rig,
        Func<BusDescription, IReadOnlyList<ExpectedServo>, ServoBusConnector> connector,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rig);
        var buses = new RigBuses(
            [.. rig.Buses.Select(bus => connector(bus, ServosOn(rig, bus)))]);
        try
        {
            for (int b = 0; b < buses._connectors.Length; b++)
            {
                buses._connected[b] = buses._connectors[b].Connect(cancel);
            }

            return buses;
        }
        catch
        {
            buses.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects again the buses that were lost; they get about two seconds together.
    /// </summary>
    /// <returns>Every bus of the rig, or null when one is still lost.</returns>
    public IReadOnlyList<FeetechBus>? TryReconnect()
    {
        using var patience = new CancellationTokenSource(ReconnectPatience);
        for (int b = 0; b < _connectors.Length; b++)
        {
            if (_connected[b] is { Bus.IsOpen: true })
            {
                continue;
            }

            // The old descriptor would keep the port from being opened again.
            _connected[b]?.Dispose();
            _connected[b] = null;
            try
            {
                _connected[b] = _connectors[b].Reconnect(ReconnectPatience, patience.Token);
            }
            catch (Exception error) when (error is DeviceException or OperationCanceledException)
            {
                return null;
            }
        }

        return Buses;
    }

    /// <summary>Closes the ports; sends nothing.</summary>
    public void Dispose()
    {
        foreach (ConnectedBus? bus in _connected)
        {
            bus?.Dispose();
        }
    }

    private static IReadOnlyList<ExpectedServo> ServosOn(RigDescription rig, BusDescription bus)
    {
        IReadOnlyList<ExpectedServo> servos = ExpectedServo.OnBus(rig, bus.Name);
        return servos.Count > 0
            ? servos
            : throw new ScenarioException(
                $"No joint hangs on the bus '{bus.Name}'",
                rig.Path,
                "at least one actuator on every bus",
                remedy: "remove the bus, or name it in an actuator");
    }
}
