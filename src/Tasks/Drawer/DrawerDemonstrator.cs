namespace HilRig.Tasks.Drawer;

/// <summary>
/// Goes to a place above the slot, dips the pin, pulls; with a person's unsteady hand.
/// </summary>
internal sealed class DrawerDemonstrator(DrawerHookTask task, ulong seed, long index)
    : IDemonstrator
{
    private const double HoverHeight = 0.012;
    private const double SafeHeight = 0.006;
    private const double HookedDepth = 0.006;
    private const double DipDepth = 0.012;
    private const double AlignedAhead = 0.0012;
    private const double AlignedLeft = 0.012;
    private const double HookedSlack = 0.004;
    private const double Unsteadiness = 0.2;

    private ScriptNoise _noise = new(seed, index);

    /// <inheritdoc/>
    public void Act(in TaskState state, Span<float> action)
    {
        DrawerGeometry slot = DrawerGeometry.Of(state);
        bool across = Math.Abs(slot.Ahead) < HookedSlack && Math.Abs(slot.Left) < 0.017;
        bool hooked = across && slot.Up > HookedDepth;
        bool aligned = Math.Abs(slot.Ahead) < AlignedAhead && Math.Abs(slot.Left) < AlignedLeft;
        double ahead = slot.Ahead;
        double up = slot.Up + HoverHeight;
        if (hooked)
        {
            ahead = -1;
            up = slot.Up - DipDepth;
        }
        else if (aligned || (across && slot.Up > 0))
        {
            up = slot.Up - DipDepth;
        }
        else if (slot.Up > -SafeHeight)
        {
            // Beside the handle and too low: first up, and not against the bar.
            ahead = 0;
        }

        Toward(state, 0, ahead, action);
        Toward(state, 1, slot.Left, action);
        Toward(state, 2, up, action);
        _noise.Disturb(action, Unsteadiness);
    }

    private void Toward(in TaskState state, int joint, double distance, Span<float> action)
    {
        double goal = state.Position[joint] + distance;
        action[joint] = (float)Math.Clamp(
            (goal - state.Goal[joint]) / task.Description.Action[joint].Scale, -1, 1);
    }
}
