using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Gradients of a loss over a window of control steps of many envs, as first-order policy gradients
/// need (short-horizon actor-critic: Xu et al., "Accelerated Policy Learning with Parallel
/// Differentiable Simulation", 2022; windows of 16 to 32 control steps). Forwards keeps the state
/// of each control step; backwards steps through each again and carries adjoints over its steps.
/// Envs do not touch one another: one that fails loses its own gradient only. Double precision;
/// after construction only the recording of new graphs allocates. One caller at a time.
/// </summary>
public sealed class RolloutGradient
{
    private readonly RolloutTile<D8>[] _tiles;

    /// <summary>Prepares a window.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="envCount">Number of envs.</param>
    /// <param name="horizon">Control steps of the window.</param>
    /// <param name="substeps">Steps of the model in a control step.</param>
    /// <param name="parameters">Parameters to differentiate by; see ModelParameters.</param>
    public RolloutGradient(
        Model model,
        int envCount,
        int horizon,
        int substeps,
        IReadOnlyList<ModelParameter>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(envCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(substeps);
        Parameters = parameters ?? [];
        EnvCount = envCount;
        Horizon = horizon;
        StateSize = (2 * model.DofCount) + model.ActivationCount;
        int lanes = D8.LaneCount;
        _tiles = new RolloutTile<D8>[(envCount + lanes - 1) / lanes];
        for (int tile = 0; tile < _tiles.Length; tile++)
        {
            int count = Math.Min(lanes, envCount - (tile * lanes));
            _tiles[tile] = new(model, count, horizon, substeps, Parameters);
        }

        Status = new GradientStatus[envCount];
    }

    /// <summary>What parameter gradients are by.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Number of envs.</summary>
    public int EnvCount { get; }

    /// <summary>Control steps of the window.</summary>
    public int Horizon { get; }

    /// <summary>Numbers of a state in tangent space: 2 dof + activation.</summary>
    public int StateSize { get; }

    /// <summary>
    /// Largest norm of a gradient by the first state that is let through; default none.
    /// </summary>
    public double GradientNormMax { get; set; } = double.PositiveInfinity;

    /// <summary>Whether each env's gradient can be used, after Backward. Shape [env].</summary>
    public GradientStatus[] Status { get; }

    /// <summary>How often a step had to be recorded.</summary>
    public long RecordingCount => _tiles.Sum(tile => tile.RecordingCount);

    /// <summary>Puts an env at the beginning of its window.</summary>
    /// <param name="env">Index of the env.</param>
    /// <param name="start">Its state; inputs are not read.</param>
    public void SetStart(int env, StepInput start)
    {
        ArgumentNullException.ThrowIfNull(start);
        Tile(env).SetStart(env % D8.LaneCount, start);
    }

    /// <summary>Sets the parameters of an env; at first the model's. Shape [parameter].</summary>
    /// <param name="env">Index of the env.</param>
    /// <param name="values">One value a parameter.</param>
    public void SetParameters(int env, ReadOnlySpan<double> values) =>
        Tile(env).SetParameters(env % D8.LaneCount, values);

    /// <summary>Takes one control step of all envs.</summary>
    /// <param name="controlStep">0, then 1, up to the horizon less 1.</param>
    /// <param name="controls">Controls. Shape [env, actuator].</param>
    public void Forward(int controlStep, ReadOnlySpan<double> controls)
    {
        int width = _tiles[0].ControlCount;
        for (int tile = 0; tile < _tiles.Length; tile++)
        {
            int first = tile * D8.LaneCount * width;
            _tiles[tile].Forward(controlStep, controls[first..]);
        }
    }

    /// <summary>Reads the state of an env.</summary>
    /// <param name="controlStep">
    /// Before this control step; the horizon for the last state.
    /// </param>
    /// <param name="env">Index of the env.</param>
    /// <param name="state">Receives the state.</param>
    public void ReadState(int controlStep, int env, StepInput state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Tile(env).ReadState(controlStep, env % D8.LaneCount, state);
    }

    /// <summary>
    /// Adds to the derivative of the loss by a state, where the loss reads it. Cleared by
    /// <see cref="Backward"/>.
    /// </summary>
    /// <param name="controlStep">As in ReadState.</param>
    /// <param name="env">Index of the env.</param>
    /// <param name="gradient">∂loss / ∂state. Shape [state].</param>
    public void AddStateGradient(int controlStep, int env, ReadOnlySpan<double> gradient) =>
        Tile(env).AddStateGradient(controlStep, env % D8.LaneCount, gradient);

    /// <summary>Carries the loss back over the window.</summary>
    public void Backward()
    {
        for (int tile = 0; tile < _tiles.Length; tile++)
        {
            int first = tile * D8.LaneCount;
            int count = Math.Min(D8.LaneCount, EnvCount - first);
            _tiles[tile].Backward(GradientNormMax, Status.AsSpan(first, count));
        }
    }

    /// <summary>∂loss / ∂control of a control step and an env. Shape [actuator].</summary>
    /// <param name="controlStep">Index of the control step.</param>
    /// <param name="env">Index of the env.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public void ReadControlGradient(int controlStep, int env, Span<double> gradient) =>
        Tile(env).ReadControlGradient(controlStep, env % D8.LaneCount, gradient);

    /// <summary>∂loss / ∂(first state) of an env. Shape [state].</summary>
    /// <param name="env">Index of the env.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public void ReadStartGradient(int env, Span<double> gradient) =>
        Tile(env).ReadStartGradient(env % D8.LaneCount, gradient);

    /// <summary>∂loss / ∂parameter of an env. Shape [parameter].</summary>
    /// <param name="env">Index of the env.</param>
    /// <param name="gradient">Receives the gradient.</param>
    public void ReadParameterGradient(int env, Span<double> gradient) =>
        Tile(env).ReadParameterGradient(env % D8.LaneCount, gradient);

    private RolloutTile<D8> Tile(int env)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)env, (uint)EnvCount);
        return _tiles[env / D8.LaneCount];
    }
}
