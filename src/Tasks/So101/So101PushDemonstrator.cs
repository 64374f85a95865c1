namespace HilRig.Tasks.So101;

/// <summary>
/// Goes over the puck to the far side from the zone, dips the finger, pushes toward the zone;
/// with a person's unsteady hand.
/// </summary>
internal sealed class So101PushDemonstrator(ulong seed, long index) : IDemonstrator
{
    private const double Unsteadiness = 0.15;
    private const double HoverHeight = 0.075;
    private const double PushHeight = 0.022;
    private const double LowHeight = 0.04;
    private const double Standoff = 0.045;
    private const double Lead = 0.025;
    private const double LateralMax = 0.018;

    private ScriptNoise _noise = new(seed, index);

    /// <inheritdoc/>
    public void Act(in TaskState state, Span<float> action)
    {
        Span<double> pose = stackalloc double[state.Position.Length];
        So101Arm.Home.CopyTo(pose);
        (double X, double Y, double Z) wanted = Wanted(state);
        double distance = Math.Sqrt((wanted.X * wanted.X) + (wanted.Y * wanted.Y));
        So101Arm.Solve(wanted, PitchAt(distance), pose);
        So101Channels.Toward(state, pose, action);
        _noise.Disturb(action, Unsteadiness);
    }

    private static (double X, double Y, double Z) Wanted(in TaskState state)
    {
        (double X, double Y, double Z) tool = So101Arm.Tool(state.Position);
        (double zoneX, double zoneY) = So101PushTask.Zone(state.Start);
        double toZoneX = zoneX - state.Objects[0];
        double toZoneY = zoneY - state.Objects[1];
        double length = Math.Max(1e-9, Math.Sqrt((toZoneX * toZoneX) + (toZoneY * toZoneY)));
        double pushX = toZoneX / length;
        double pushY = toZoneY / length;
        double fromX = tool.X - state.Objects[0];
        double fromY = tool.Y - state.Objects[1];
        double behind = -((fromX * pushX) + (fromY * pushY));
        double lateral = (fromY * pushX) - (fromX * pushY);
        if (tool.Z < LowHeight && behind > 0.01 && Math.Abs(lateral) < LateralMax)
        {
            // Along the line through the puck's middle, a little ahead of where the finger is.
            double along = Lead - behind;
            return (
                state.Objects[0] + (along * pushX),
                state.Objects[1] + (along * pushY),
                PushHeight);
        }

        double behindX = state.Objects[0] - (Standoff * pushX);
        double behindY = state.Objects[1] - (Standoff * pushY);
        double offX = tool.X - behindX;
        double offY = tool.Y - behindY;
        double off = Math.Sqrt((offX * offX) + (offY * offY));
        bool dips = off < (tool.Z < HoverHeight - 0.02 ? 0.016 : 0.01);
        bool rises = !dips && tool.Z < HoverHeight - 0.02;
        return rises
            ? (tool.X, tool.Y, HoverHeight + 0.01)
            : (behindX, behindY, dips ? PushHeight : HoverHeight);
    }

    // Near the arm the hand points down; far out it must stretch.
    private static double PitchAt(double distance) =>
        Math.Clamp(1.4 - (4 * (distance - 0.16)), 0.3, 1.5);
}
