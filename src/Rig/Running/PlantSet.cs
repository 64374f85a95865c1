using HilRig.Core.Ports;
using HilRig.Harness.Results;

namespace HilRig.Rig.Running;

/// <summary>
/// The plants of one run, open and ready to start; disposing ends their processes.
/// </summary>
internal sealed class PlantSet : IDisposable
{
    private readonly IDisposable? _owner;
    private bool _isDisposed;

    /// <summary>Takes the plants.</summary>
    /// <param name="plant">The plant.</param>
    /// <param name="twin">Its twin; null for none.</param>
    /// <param name="owner">What else to end; null for nothing.</param>
    public PlantSet(IPlant plant, IPlant? twin, IDisposable? owner)
    {
        Plant = plant;
        Twin = twin;
        _owner = owner;
    }

    /// <summary>The plant.</summary>
    public IPlant Plant { get; }

    /// <summary>Its twin; null for none.</summary>
    public IPlant? Twin { get; }

    /// <summary>Why the plant stopped, one sentence; null when it does not know.</summary>
    public Func<string?>? Diagnose { get; init; }

    /// <summary>Why, by whom and how safely the plant stopped; null when it did not.</summary>
    public Func<StopReport?>? ObserveStop { get; init; }

    /// <summary>How a plant that sets the pace was answered; null when the host does.</summary>
    public Func<DeviceClockReport>? ObserveDeviceClock { get; init; }

    /// <summary>
    /// Asked after disposal: what went wrong while the plant was taken down; null for nothing.
    /// </summary>
    public Func<string?>? Aftermath { get; init; }

    /// <summary>
    /// Asked after disposal: how soon the plant stopped, counted from an instant (CLOCK_MONOTONIC
    /// ns) or, for null, from the last sign of life; null when it did not or cannot tell.
    /// </summary>
    public Func<long?, StopReport?>? MeasureStop { get; init; }

    /// <summary>Cancelled when nobody guards the plant any more.</summary>
    public CancellationToken Unguarded { get; init; }

    /// <summary>What passed over the bridge; null where there is none.</summary>
    public Func<BridgeReport>? Bridge { get; init; }

    /// <summary>What the agent could not get of the real-time kit.</summary>
    public IReadOnlyList<string> AgentRemarks { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Twin?.Dispose();
        Plant.Dispose();
        _owner?.Dispose();
    }
}
