namespace HilRig.Tasks.So101;

/// <summary>
/// Brings the joints to the pose that has the tool at the target; with a person's unsteady hand.
/// </summary>
internal sealed class So101ReachDemonstrator(ulong seed, long index) : IDemonstrator
{
    private const double Unsteadiness = 0.15;

    private ScriptNoise _noise = new(seed, index);

    /// <inheritdoc/>
    public void Act(in TaskState state, Span<float> action)
    {
        Span<double> pose = stackalloc double[state.Position.Length];
        So101Arm.Home.CopyTo(pose);
        (double X, double Y, double Z) target = So101ReachTask.Target(state.Start);
        So101Arm.Solve(target, PitchAt(target.Z), pose);
        So101Channels.Toward(state, pose, action);
        _noise.Disturb(action, Unsteadiness);
    }

    // Far down the hand points down, so that the wrist stays within its range.
    private static double PitchAt(double height) => 1.15 - (3.6 * height);
}
