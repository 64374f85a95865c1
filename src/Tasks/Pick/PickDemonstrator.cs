namespace HilRig.Tasks.Pick;

/// <summary>
/// A chain of waypoints, each reached by an action in proportion to the distance, the fingers by
/// phase; with a speed, a sloppiness and an unsteady hand of each episode.
/// </summary>
internal sealed class PickDemonstrator : IDemonstrator
{
    private const double Unsteadiness = 0.15;
    private const double TravelHeight = 0.044;
    private const double ReleaseHeight = 0.026;

    private readonly PickPlaceRingTask _task;
    private readonly double _speed;
    private readonly double _offsetX;
    private readonly double _offsetY;
    private ScriptNoise _noise;

    /// <summary>Begins an episode.</summary>
    public PickDemonstrator(PickPlaceRingTask task, ulong seed, long index)
    {
        _task = task;
        _noise = new ScriptNoise(seed, index);
        _speed = 0.9 + (0.1 * _noise.Symmetric());
        _offsetX = 0.0015 * _noise.Symmetric();
        _offsetY = 0.0015 * _noise.Symmetric();
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, Span<float> action)
    {
        PickScene scene = PickScene.Of(state);
        bool isBetween = Math.Abs(scene.PuckX) < 0.008
            && scene.PuckY is > -0.004 and < 0.011
            && Math.Abs(scene.PuckZ) < 0.016;
        bool isHeld = isBetween && scene.Opening < (2 * PickScene.PuckHalfWidth) + 0.002;
        if (isHeld)
        {
            Carry(state, scene, action);
        }
        else if (isBetween && double.Hypot(scene.RingX, scene.RingY) > 0.025)
        {
            // Low around the puck: close.
            Toward(state, (0, 0, -state.Position[2]), -1, action);
        }
        else
        {
            Approach(state, scene, action);
        }

        _noise.Disturb(action, Unsteadiness);
    }

    private void Carry(in TaskState state, in PickScene scene, Span<float> action)
    {
        double far = double.Hypot(scene.RingX + _offsetX, scene.RingY + _offsetY);
        double height = far < 0.012 ? ReleaseHeight : TravelHeight;
        bool isHigh = state.Position[2] > 0.03 || far < 0.02;
        (double x, double y) = isHigh
            ? (scene.RingX + _offsetX, scene.RingY + _offsetY)
            : (0, 0);
        bool isDown = far < 0.012 && state.Position[2] < ReleaseHeight + 0.006;
        Toward(state, (x, y, height - state.Position[2]), isDown ? 1 : -1, action);
    }

    private void Approach(in TaskState state, in PickScene scene, Span<float> action)
    {
        // The puck is to be in the middle between the open fingers.
        double x = scene.PuckX + _offsetX;
        double y = scene.PuckY + _offsetY - 0.004;
        bool isAbove = double.Hypot(x, y) < 0.003;
        double height = isAbove ? 0 : TravelHeight;
        Toward(state, (x, y, height - state.Position[2]), 1, action);
    }

    private void Toward(
        in TaskState state,
        (double X, double Y, double Z) distance,
        double fingers,
        Span<float> action)
    {
        action[0] = Move(state, 0, distance.X);
        action[1] = Move(state, 1, distance.Y);
        action[2] = Move(state, 2, distance.Z);
        action[3] = (float)fingers;
    }

    private float Move(in TaskState state, int joint, double distance)
    {
        double goal = state.Position[joint] + distance;
        double action = (goal - state.Goal[joint]) / _task.Description.Action[joint].Scale;
        return (float)Math.Clamp(action, -_speed, _speed);
    }
}
