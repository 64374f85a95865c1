using HilRig.Core.Telemetry;
using HilRig.Harness.Running;

namespace HilRig.Harness.Episodes;

/// <summary>Counts the ticks of a session; a session may last for hours, so no tick is kept.
/// </summary>
internal sealed class SessionTicks : ITickObserver
{
    /// <summary>Ticks that were finished.</summary>
    internal long TickCount { get; private set; }

    /// <summary>Ticks that the loop slept through.</summary>
    internal long MissedCount { get; private set; }

    /// <summary>Ticks whose command nobody answered.</summary>
    internal long UnansweredCount { get; private set; }

    /// <summary>Ticks on which a limit changed a goal in the loop.</summary>
    internal long ClippedCount { get; private set; }

    /// <inheritdoc/>
    public void Observe(TickRecord record)
    {
        TickCount++;
        MissedCount += record.Tick.MissedCount;
        UnansweredCount += record.Answered ? 0 : 1;
        ClippedCount += record.ClippedJoints == 0 ? 0 : 1;
    }

    /// <inheritdoc/>
    public void Look()
    {
    }
}
