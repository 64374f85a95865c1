using System.Globalization;
using System.Runtime;

namespace HilRig.Core.RealTime.Kit;

/// <summary>Collector settings of the process, and the way back.</summary>
internal sealed class QuietCollector
{
    private readonly GCLatencyMode _modeBefore = GCSettings.LatencyMode;
    private bool _hasMode;
    private bool _hasRegion;

    // The runtime ends a region by itself when its budget is used up.
    private bool HoldsRegion => _hasRegion && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion;

    /// <summary>No blocking full collections unless memory runs short.</summary>
    public RealTimeGrant AvoidFullCollections()
    {
        if (_modeBefore == GCLatencyMode.NoGCRegion)
        {
            return new(
                RealTimeFeature.LowLatencyCollector, true, "another kit holds a no-GC region");
        }

        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        _hasMode = GCSettings.LatencyMode == GCLatencyMode.SustainedLowLatency;

        // Without the concurrent collector the runtime ignores the setting.
        return _hasMode
            ? new(RealTimeFeature.LowLatencyCollector, true, "SustainedLowLatency")
            : new(
                RealTimeFeature.LowLatencyCollector,
                false,
                $"{GCSettings.LatencyMode}, for the concurrent collector is off")
            {
                Remedy = "start with DOTNET_gcConcurrent=1",
            };
    }

    /// <summary>Starts a no-GC region.</summary>
    /// <param name="bytes">What the process may allocate in it.</param>
    public RealTimeGrant StartRegion(long bytes)
    {
        try
        {
            _hasRegion = GC.TryStartNoGCRegion(bytes);
            return _hasRegion
                ? new(RealTimeFeature.NoCollectionRegion, true, string.Create(
                    CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"))
                : Without("the runtime could not set this much aside", "ask for fewer bytes");
        }
        catch (ArgumentOutOfRangeException)
        {
            return Without(
                string.Create(
                    CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB are more than fit"),
                "ask for fewer bytes or raise DOTNET_GCHeapHardLimit");
        }
        catch (InvalidOperationException)
        {
            return Without("the process is in such a region already", "ask once a process");
        }
    }

    /// <summary>Puts the collector back.</summary>
    public void Restore()
    {
        if (HoldsRegion)
        {
            GC.EndNoGCRegion();
        }

        if (_hasMode && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
        {
            GCSettings.LatencyMode = _modeBefore;
        }
    }

    private static RealTimeGrant Without(string why, string remedy) =>
        new(RealTimeFeature.NoCollectionRegion, false, why) { Remedy = remedy };
}
