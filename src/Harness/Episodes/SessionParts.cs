using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Harness.Episodes;

/// <summary>
/// What a session of episodes needs; whoever composes the rig gives it, and disposes of it.
/// </summary>
public sealed record SessionParts
{
    /// <summary>The task on the rig's joints.</summary>
    public required SessionSetting Setting { get; init; }

    /// <summary>How it is run.</summary>
    public SessionOptions Options { get; init; } = new();

    /// <summary>The plant, not yet started.</summary>
    public required IPlant Plant { get; init; }

    /// <summary>The twin, not yet started; null for none.</summary>
    public IPlant? Twin { get; init; }

    /// <summary>Takes ticks and notices; the session does not dispose it.</summary>
    public required ITelemetrySink Sink { get; init; }

    /// <summary>The clock of all stamps.</summary>
    public required IRigClock Clock { get; init; }

    /// <summary>What the loop's thread asks of the machine; null asks for nothing.</summary>
    public RealTimeOptions? RealTime { get; init; }

    /// <summary>Which episodes.</summary>
    public required IEpisodeProgramme Programme { get; init; }

    /// <summary>Where they go.</summary>
    public required IEpisodeStore Store { get; init; }

    /// <summary>Who resets and judges.</summary>
    public required IOperatorInput Operator { get; init; }

    /// <summary>Who is shown what happens.</summary>
    public IReadOnlyList<ISessionView> Views { get; init; } = [];

    /// <summary>Asked when the plant has stopped: why; null when it does not know.</summary>
    public Func<string?>? Diagnose { get; init; }
}
