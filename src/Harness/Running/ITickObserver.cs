using HilRig.Core.Telemetry;

namespace HilRig.Harness.Running;

/// <summary>Looks at finished ticks on the recorder's thread.</summary>
internal interface ITickObserver
{
    /// <summary>Takes one finished tick; it is reused after the call.</summary>
    /// <param name="record">The tick.</param>
    void Observe(TickRecord record);

    /// <summary>Notes what has begun or ended since the last look; every few ms.</summary>
    void Look();
}
