using HilRig.Core.Sampling;
using HilRig.Sim.Batch;
using HilRig.Sim.Models;

namespace HilRig.Sim.Environments;

/// <summary>
/// The envs as a task sees them: copies of their state as floats, taken once a control step, and
/// random numbers that depend on the seed, the env and how many it has drawn, never on the order of
/// the envs. SI units.
/// </summary>
public sealed class EnvironmentScene
{
    private readonly BatchSimulation _batch;
    private readonly ulong _seed;
    private readonly float[] _position;
    private readonly float[] _velocity;
    private readonly float[] _control;
    private readonly int[] _episodeSteps;
    private readonly double[] _positionRow;
    private readonly double[] _velocityRow;

    internal EnvironmentScene(BatchSimulation batch, ulong seed)
    {
        _batch = batch;
        _seed = seed;
        int envs = batch.EnvCount;
        _position = new float[envs * batch.Width(BatchField.Position)];
        _velocity = new float[envs * batch.Width(BatchField.Velocity)];
        _control = new float[envs * batch.Width(BatchField.Control)];
        _episodeSteps = new int[envs];
        _positionRow = new double[batch.Width(BatchField.Position)];
        _velocityRow = new double[batch.Width(BatchField.Velocity)];
    }

    /// <summary>The robot.</summary>
    public Model Model => _batch.Model;

    /// <summary>Number of envs.</summary>
    public int EnvCount => _batch.EnvCount;

    /// <summary>Positions (qpos). Shape [env, position].</summary>
    public ReadOnlySpan<float> Position => _position;

    /// <summary>Velocities (qvel). Shape [env, dof].</summary>
    public ReadOnlySpan<float> Velocity => _velocity;

    /// <summary>Controls (ctrl) of the next control step. Shape [env, actuator].</summary>
    public Span<float> Control => _control;

    /// <summary>Control steps since the episode began. Shape [env].</summary>
    public ReadOnlySpan<int> EpisodeSteps => _episodeSteps;

    /// <summary>Time since the episode began, s. Shape [env].</summary>
    public ReadOnlySpan<double> Time => _batch.Time;

    internal BatchSimulation Batch => _batch;

    internal int[] Steps => _episodeSteps;

    /// <summary>Puts an env at a state.</summary>
    /// <param name="env">The env.</param>
    /// <param name="position">Positions. Shape [position].</param>
    /// <param name="velocity">Velocities. Shape [dof].</param>
    public void SetState(int env, ReadOnlySpan<double> position, ReadOnlySpan<double> velocity)
    {
        _batch.Write(BatchField.Position, env, position);
        _batch.Write(BatchField.Velocity, env, velocity);
        Refresh(env);
    }

    /// <summary>The next random number of an env, uniform in [0, 1).</summary>
    /// <param name="env">The env.</param>
    public double Draw(int env) =>
        new CounterRandom(_seed, (ulong)env).Unit(_batch.DrawCounts[env]++);

    internal void Refresh()
    {
        _batch.Read(BatchField.Position, _position);
        _batch.Read(BatchField.Velocity, _velocity);
    }

    internal void Refresh(int env)
    {
        _batch.Read(BatchField.Position, env, _positionRow);
        _batch.Read(BatchField.Velocity, env, _velocityRow);
        Copy(_positionRow, _position, env);
        Copy(_velocityRow, _velocity, env);
    }

    private static void Copy(double[] row, float[] all, int env)
    {
        for (int k = 0; k < row.Length; k++)
        {
            all[(env * row.Length) + k] = (float)row[k];
        }
    }
}
