using HilRig.Core.Joints;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>What the controller of a session says each tick. Preallocated.</summary>
internal sealed class ControllerReport
{
    /// <summary>Makes an empty report.</summary>
    /// <param name="dofCount">Joints of the plant.</param>
    internal ControllerReport(int dofCount)
    {
        Measured = new JointState(dofCount);
        Goal = new double[dofCount];
    }

    /// <summary>What it does.</summary>
    internal ControllerActivity Activity { get; set; }

    /// <summary>Number of the newest order that it began or, for Hold, obeys.</summary>
    internal long Number { get; set; }

    /// <summary>Kind of that order.</summary>
    internal OrderKind Kind { get; set; }

    /// <summary>When the tick was planned, CLOCK_MONOTONIC ns.</summary>
    internal long InstantNanoseconds { get; set; }

    /// <summary>The newest measured state.</summary>
    internal JointState Measured { get; }

    /// <summary>Goals in force, after limits. Shape [dof].</summary>
    internal double[] Goal { get; }
}
