namespace HilRig.Tasks.Peg;

/// <summary>
/// Moves the tip to a point on the slot's axis above its mouth, aligns, descends; with a person's
/// unsteady hand.
/// </summary>
internal sealed class PegDemonstrator(PegInsert3Task task, ulong seed, long index) : IDemonstrator
{
    private const double HoverHeight = 0.008;
    private const double DescendHeight = -0.03;
    private const double AlignedLateral = 0.0012;
    private const double AlignedAngle = 0.03;
    private const double Unsteadiness = 0.25;

    private ScriptNoise _noise = new(seed, index);

    /// <inheritdoc/>
    public void Act(in TaskState state, Span<float> action)
    {
        PegGeometry peg = PegGeometry.Of(state);
        bool descends = peg.Height < 0
            || (Math.Abs(peg.Lateral) < AlignedLateral && Math.Abs(peg.Angle) < AlignedAngle);
        double up = (descends ? DescendHeight : HoverHeight) - peg.Height;
        (double sin, double cos) = Math.SinCos(state.Objects[1]);

        // The tilt axis moves with the tip and against the turn that is wanted.
        double turn = -peg.Angle;
        double across = (-peg.Lateral * cos) + (up * sin) + (PegGeometry.Length * turn);
        double rise = (peg.Lateral * sin) + (up * cos);
        Toward(state, 0, across, action);
        Toward(state, 1, rise, action);
        Toward(state, 2, turn, action);
        _noise.Disturb(action, Unsteadiness);
    }

    private void Toward(in TaskState state, int joint, double distance, Span<float> action)
    {
        double goal = state.Position[joint] + distance;
        action[joint] = (float)Math.Clamp(
            (goal - state.Goal[joint]) / task.Description.Action[joint].Scale, -1, 1);
    }
}
