using HilRig.Core.Joints;

namespace HilRig.Harness.Faults.RealTime;

/// <summary>Faults of measured states, on their way to controller and measures.</summary>
internal sealed class SensorFaults
{
    private readonly ValueFault[] _faults;

    private SensorFaults(ValueFault[] faults) => _faults = faults;

    /// <summary>The sensor faults of a run; null when it has none.</summary>
    internal static SensorFaults? Of(FaultContext context)
    {
        IReadOnlyList<FaultOccurrence> faults = context.Schedule.Of(FaultLayer.Sensor);
        if (faults.Count == 0)
        {
            return null;
        }

        var made = new ValueFault[faults.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = new ValueFault(faults[i], context);
        }

        return new SensorFaults(made);
    }

    /// <summary>Applies them to one state, in place.</summary>
    /// <param name="planned">Planned instant of the tick that reads it, ns.</param>
    /// <param name="state">The state.</param>
    /// <returns>Joints they changed, bit i for joint i.</returns>
    internal ulong Apply(long planned, JointState state)
    {
        ulong changed = 0;
        foreach (ValueFault fault in _faults)
        {
            changed |= fault.Apply(planned, state.Position, state.Velocity, state.Effort);
            state.FreshJoints &= ~fault.StaleJoints;
        }

        return changed;
    }
}
