using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;
using HilRig.Harness.Faults;
using HilRig.Harness.Faults.RealTime;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.RealTime;

/// <summary>
/// What a control loop is made of. The plants and the controller have been started.
/// </summary>
internal sealed record LoopParts
{
    /// <summary>The plant under test.</summary>
    internal required IPlant Plant { get; init; }

    /// <summary>Its twin; null for none.</summary>
    internal required IPlant? Twin { get; init; }

    /// <summary>What commands the joints in the measured phases.</summary>
    internal required IController Controller { get; init; }

    /// <summary>What sets the pace.</summary>
    internal required ITickSource Ticks { get; init; }

    /// <summary>The clock of all stamps.</summary>
    internal required IRigClock Clock { get; init; }

    /// <summary>Joints and their limits.</summary>
    internal required IReadOnlyList<JointBounds> Joints { get; init; }

    /// <summary>The order of phases.</summary>
    internal required PhaseSequence Phases { get; init; }

    /// <summary>The state the plant was started in.</summary>
    internal required JointState Initial { get; init; }

    /// <summary>Takes finished ticks to the recorder's thread.</summary>
    internal required SpscRing<TickRecord> Ring { get; init; }

    /// <summary>The recorder; only its status is read here.</summary>
    internal required ITelemetrySink Sink { get; init; }

    /// <summary>Faults, to which the loop says when the measured phase begins; or null.</summary>
    internal FaultSchedule? Faults { get; init; }

    /// <summary>Faults of measured states; null for none.</summary>
    internal SensorFaults? Sensors { get; init; }
}
