using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// How the state after one step changes with the state before it, the controls and parameters of
/// the model: exact derivatives, forward mode, eight directions at once. States are in tangent
/// space, as in MuJoCo's mjd_transitionFD: position displacements [dof], velocities [dof],
/// activations. At a kink (a limit, friction, a contact beginning) they are those of the piece the
/// state is in; the set of contacts and the features that touch are held. Allocates nothing after
/// construction.
/// </summary>
public sealed class StepDerivatives
{
    private readonly Model _model;
    private readonly DirectionTile<D8> _tile;
    private readonly int[] _slots;
    private readonly double[] _displacement;
    private readonly double[] _change;
    private readonly double[] _next;
    private readonly double[] _state;
    private readonly double[] _control;
    private readonly double[] _parameter;
    private readonly Action<StepInput, int, int> _seedState;
    private readonly Action<StepInput, int, int> _seedControl;
    private readonly Action<StepInput, int, int> _seedParameter;

    /// <summary>Prepares derivatives of a model.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="parameters">Parameters to differentiate by; see ModelParameters.</param>
    public StepDerivatives(Model model, IReadOnlyList<ModelParameter>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        Parameters = parameters ?? [];
        _tile = new(model);
        _slots = ModelParameters.Slots(model, _tile.Layout, Parameters);
        StateSize = (2 * model.DofCount) + model.ActivationCount;
        _displacement = new double[model.DofCount];
        _change = new double[model.PositionCount];
        _next = new double[model.PositionCount];
        _state = new double[StateSize * StateSize];
        _control = new double[StateSize * model.Actuators.Count];
        _parameter = new double[StateSize * _slots.Length];
        _seedState = SeedState;
        _seedControl = SeedControl;
        _seedParameter = SeedParameter;
    }

    /// <summary>What the columns of <see cref="ByParameter"/> are.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>Numbers of a state in tangent space: 2 dof + activation.</summary>
    public int StateSize { get; }

    /// <summary>∂(state after) / ∂(state before), MuJoCo's A. Shape [state, state].</summary>
    public ReadOnlySpan<double> ByState => _state;

    /// <summary>∂(state after) / ∂(control), MuJoCo's B. Shape [state, actuator].</summary>
    public ReadOnlySpan<double> ByControl => _control;

    /// <summary>∂(state after) / ∂(parameter). Shape [state, parameter].</summary>
    public ReadOnlySpan<double> ByParameter => _parameter;

    /// <summary>Position after the step. Shape [position].</summary>
    public ReadOnlySpan<double> NextPosition => _next;

    /// <summary>Uses other values of the parameters from now on.</summary>
    /// <param name="values">One value a parameter. Shape [parameter].</param>
    public void SetParameters(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _tile.SetConstant(_slots[i], values[i]);
        }

        _tile.Rederive();
    }

    /// <summary>Computes all three at a state.</summary>
    /// <param name="input">Where the step begins.</param>
    public void Compute(StepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Columns(input, StateSize, _seedState, _state);
        Columns(input, _model.Actuators.Count, _seedControl, _control);
        Columns(input, _slots.Length, _seedParameter, _parameter);
    }

    private void Columns(
        StepInput input, int count, Action<StepInput, int, int> seed, double[] matrix)
    {
        for (int first = 0; first < count; first += DirectionTile<D8>.LaneCount)
        {
            int lanes = Math.Min(DirectionTile<D8>.LaneCount, count - first);
            _tile.Load(input);
            for (int lane = 0; lane < lanes; lane++)
            {
                seed(input, lane, first + lane);
            }

            _tile.Step();
            for (int lane = 0; lane < lanes; lane++)
            {
                ReadColumn(lane, matrix, first + lane, count);
            }
        }
    }

    private void SeedState(StepInput input, int lane, int column)
    {
        Layout at = _tile.Layout;
        int n = at.DofCount;
        if (column >= n)
        {
            int first = column < 2 * n ? at.Velocity : at.Activation;
            _tile.Seed(lane, first + (column < 2 * n ? column - n : column - (2 * n)), 1);
            return;
        }

        _displacement.AsSpan().Clear();
        _displacement[column] = 1;
        TangentSpace.Lift(_model, input.Position, _displacement, _change);
        for (int k = 0; k < _change.Length; k++)
        {
            _tile.Seed(lane, at.Position + k, _change[k]);
        }
    }

    private void SeedControl(StepInput input, int lane, int column) =>
        _tile.Seed(lane, _tile.Layout.Control + column, 1);

    private void SeedParameter(StepInput input, int lane, int column) =>
        _tile.SeedConstant(lane, _slots[column], 1);

    private void ReadColumn(int lane, double[] matrix, int column, int width)
    {
        Layout at = _tile.Layout;
        int n = at.DofCount;
        for (int k = 0; k < _next.Length; k++)
        {
            _next[k] = _tile.Value(at.Position + k);
            _change[k] = _tile.Tangent(lane, at.Position + k);
        }

        TangentSpace.Project(_model, _next, _change, _displacement);
        for (int row = 0; row < n; row++)
        {
            matrix[(row * width) + column] = _displacement[row];
            matrix[((n + row) * width) + column] = _tile.Tangent(lane, at.Velocity + row);
        }

        for (int k = 0; k < at.ActivationCount; k++)
        {
            matrix[(((2 * n) + k) * width) + column] = _tile.Tangent(lane, at.Activation + k);
        }
    }
}
