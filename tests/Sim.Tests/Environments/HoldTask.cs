using HilRig.Sim.Environments;

namespace HilRig.Sim.Tests.Environments;

/// <summary>Hold every joint near 0; actions are controls.</summary>
internal sealed class HoldTask(int joints) : IEnvironmentTask
{
    public int ObservationCount => 2 * joints;

    public int ActionCount => joints;

    /// <summary>Distance of the first joint at which an episode ends.</summary>
    public float End { get; init; } = 2;

    public int ResetCount { get; private set; }

    public void Reset(EnvironmentScene scene, int env) => ResetCount++;

    public void Act(EnvironmentScene scene, ReadOnlySpan<float> actions) =>
        actions.CopyTo(scene.Control);

    public void Observe(EnvironmentScene scene, Span<float> observations)
    {
        for (int env = 0; env < scene.EnvCount; env++)
        {
            scene.Position.Slice(env * joints, joints)
                .CopyTo(observations[(2 * env * joints)..]);
            scene.Velocity.Slice(env * joints, joints)
                .CopyTo(observations[(((2 * env) + 1) * joints)..]);
        }
    }

    public void Reward(EnvironmentScene scene, Span<float> rewards)
    {
        for (int env = 0; env < scene.EnvCount; env++)
        {
            rewards[env] = -MathF.Abs(scene.Position[env * joints]);
        }
    }

    public void Terminate(EnvironmentScene scene, Span<bool> terminated)
    {
        for (int env = 0; env < scene.EnvCount; env++)
        {
            terminated[env] = MathF.Abs(scene.Position[env * joints]) > End;
        }
    }
}
