namespace HilRig.Tasks.Push;

/// <summary>
/// Chooses the push that helps most, goes round the T to where it begins, pushes until it helps no
/// more, and chooses again; with a person's unsteady hand.
/// </summary>
internal sealed class PushDemonstrator(PushTTask task, ulong seed, long index) : IDemonstrator
{
    private const double Unsteadiness = 0.15;
    private const double Standoff = 0.012;
    private const double OrbitRadius = 0.078;
    private const double TravelWeight = 0.2;
    private const double AdvanceMin = 0.002;
    private const double LateralMax = 0.006;
    private const double StepMax = 0.007;

    private ScriptNoise _noise = new(seed, index);
    private (Planar Point, Planar Normal) _touch;
    private bool _chosen;
    private bool _pushes;

    /// <inheritdoc/>
    public void Act(in TaskState state, Span<float> action)
    {
        BlockPose block = BlockPose.Of(state);
        var pusher = new Planar(state.Position[0], state.Position[1]);
        Planar seen = block.Into(pusher);
        if (!_chosen || IsSpent(block, seen))
        {
            Choose(block, seen);
        }

        Planar wanted = _pushes ? Push(seen) : Approach(seen);
        Planar step = block.OutOf(wanted) - pusher;
        double length = step.Length;
        double most = _pushes ? StepMax + 0.01 : double.PositiveInfinity;
        step = length > most ? most / length * step : step;
        Toward(state, 0, step.X, action);
        Toward(state, 1, step.Y, action);
        _noise.Disturb(action, Unsteadiness);
    }

    private bool IsSpent(in BlockPose block, Planar seen)
    {
        PushPlan plan = PushPlan.Of(block, _touch.Point, _touch.Normal);
        Planar off = seen - _touch.Point;
        return plan.Advance < 0.0008
            || (_pushes && Math.Abs(off.Cross(_touch.Normal)) > LateralMax);
    }

    private void Choose(in BlockPose block, Planar seen)
    {
        double best = double.NegativeInfinity;
        foreach ((Planar point, Planar normal) in BlockOutline.Touches)
        {
            PushPlan plan = PushPlan.Of(block, point, normal);
            double way = (Before((point, normal)) - seen).Length;
            double worth = plan.Gain - (TravelWeight * way / OrbitRadius);
            if (plan.Advance > AdvanceMin && worth > best)
            {
                best = worth;
                _touch = (point, normal);
            }
        }

        _chosen = true;
        _pushes = false;
    }

    private static Planar Before((Planar Point, Planar Normal) touch) =>
        touch.Point + ((BlockOutline.PusherRadius + Standoff) * touch.Normal);

    private Planar Push(Planar seen)
    {
        // Toward a point inside the face, straight behind the touch.
        double depth = (seen - _touch.Point).Dot(_touch.Normal);
        return _touch.Point + ((depth - StepMax - 0.01) * _touch.Normal);
    }

    private Planar Approach(Planar seen)
    {
        Planar before = Before(_touch);
        if ((before - seen).Length < 0.004)
        {
            _pushes = true;
            return Push(seen);
        }

        if (BlockOutline.IsClear(seen, before))
        {
            return before;
        }

        // Out to a circle around the T, then along it the shorter way.
        double now = Math.Atan2(seen.Y, seen.X);
        double turn = Math.IEEERemainder(Math.Atan2(before.Y, before.X) - now, Math.Tau);
        double ahead = now + Math.Clamp(turn, -0.5, 0.5);
        var along = new Planar(OrbitRadius * Math.Cos(ahead), OrbitRadius * Math.Sin(ahead));
        return BlockOutline.IsClear(seen, along)
            ? along
            : new(OrbitRadius * Math.Cos(now), OrbitRadius * Math.Sin(now));
    }

    private void Toward(in TaskState state, int joint, double distance, Span<float> action)
    {
        double goal = state.Position[joint] + distance;
        action[joint] = (float)Math.Clamp(
            (goal - state.Goal[joint]) / task.Description.Action[joint].Scale, -1, 1);
    }
}
