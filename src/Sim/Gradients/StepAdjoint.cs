using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Reverse mode of one step: from derivatives of a loss by the state after the step to those by the
/// state before it, the controls and parameters of the model. The step is recorded as a graph,
/// which serves as long as the decisions in it (which contacts, which pieces) stay the same; the
/// constraint solve is differentiated by the implicit function theorem at its solution. Derivatives
/// by states are in tangent space, as in <see cref="StepDerivatives"/>.
/// </summary>
public sealed class StepAdjoint
{
    // Graphs kept for states that alternate between a few sets of decisions.
    private const int GraphCountMax = 32;

    private readonly Model _model;
    private readonly EnvMemory<F64> _primal;
    private readonly int[] _slots;
    private readonly double[] _parameters;
    private readonly double[] _solution;
    private readonly double[] _startPosition;
    private readonly double[] _slope;
    private readonly List<GraphEvaluator<F64>> _evaluators = [];

    /// <summary>Prepares reverse mode of a model.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="parameters">Parameters to differentiate by; see ModelParameters.</param>
    public StepAdjoint(Model model, IReadOnlyList<ModelParameter>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        Parameters = parameters ?? [];
        _primal = new(model);
        _slots = ModelParameters.Slots(model, _primal.Layout, Parameters);
        _parameters = [.. _slots.Select(slot => _primal.Number(_primal.Constants, slot))];
        _solution = new double[model.DofCount];
        _startPosition = new double[model.PositionCount];
        _slope = new double[model.PositionCount];
        NextPosition = new double[model.PositionCount];
        NextVelocity = new double[model.DofCount];
        NextActivation = new double[model.ActivationCount];
        StateGradient = new double[(2 * model.DofCount) + model.ActivationCount];
        ControlGradient = new double[model.Actuators.Count];
        AppliedForceGradient = new double[model.DofCount];
        ParameterGradient = new double[_slots.Length];
        _primal.Derive();
    }

    /// <summary>What <see cref="ParameterGradient"/> is by.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>How often a step had to be recorded anew.</summary>
    public long RecordingCount { get; private set; }

    /// <summary>Position after the step. Shape [position].</summary>
    public double[] NextPosition { get; }

    /// <summary>Velocity after the step. Shape [dof].</summary>
    public double[] NextVelocity { get; }

    /// <summary>Activation after the step. Shape [activation].</summary>
    public double[] NextActivation { get; }

    /// <summary>∂loss / ∂(state before). Shape [state].</summary>
    public double[] StateGradient { get; }

    /// <summary>∂loss / ∂(control). Shape [actuator].</summary>
    public double[] ControlGradient { get; }

    /// <summary>∂loss / ∂(applied force). Shape [dof].</summary>
    public double[] AppliedForceGradient { get; }

    /// <summary>∂loss / ∂(parameter), of this step alone. Shape [parameter].</summary>
    public double[] ParameterGradient { get; }

    /// <summary>Uses other values of the parameters from now on.</summary>
    /// <param name="values">One value a parameter. Shape [parameter].</param>
    public void SetParameters(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _parameters[i] = values[i];
            _primal.Constants.Span[_slots[i]] = F64.Of(values[i]);
        }

        _primal.Derive();
    }

    /// <summary>Takes the step and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="input">Where it begins.</param>
    /// <returns>What the step ended with; only Ok has derivatives.</returns>
    public StepStatus Forward(StepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        StepStatus status = Solve(input);
        if (status != StepStatus.Ok)
        {
            return status;
        }

        input.Position.CopyTo(_startPosition, 0);
        if (!Evaluate(input))
        {
            Record(input);
        }

        return StepStatus.Ok;
    }

    /// <summary>Carries derivatives of a loss back over the step of the last Forward.</summary>
    /// <param name="nextStateGradient">∂loss / ∂(state after). Shape [state].</param>
    public void Backward(ReadOnlySpan<double> nextStateGradient)
    {
        GraphEvaluator<F64> evaluator = _evaluators[0];
        Layout at = _primal.Layout;
        int n = at.DofCount;
        evaluator.ClearAdjoints();
        TangentSpace.ProjectTransposed(_model, NextPosition, nextStateGradient[..n], _slope);
        for (int k = 0; k < at.PositionCount; k++)
        {
            evaluator.Seed(k, F64.Of(_slope[k]));
        }

        for (int k = n; k < nextStateGradient.Length; k++)
        {
            evaluator.Seed(at.PositionCount - n + k, F64.Of(nextStateGradient[k]));
        }

        evaluator.Backward();
        var reader = new AdjointReader(evaluator.InputAdjoints);
        reader.Take(_slope);
        TangentSpace.LiftTransposed(_model, _startPosition, _slope, StateGradient.AsSpan(0, n));
        reader.Take(StateGradient.AsSpan(n));
        reader.Take(ControlGradient);
        reader.Take(AppliedForceGradient);
        reader.Take(ParameterGradient);
    }

    private StepStatus Solve(StepInput input)
    {
        Layout at = _primal.Layout;
        _primal.Load(input);
        CpuDynamics<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>
            .Step(_primal.Env);
        for (int dof = 0; dof < _solution.Length; dof++)
        {
            _solution[dof] = _primal.Number(_primal.Work, at.Acceleration + dof);
        }

        if (_primal.Number(_primal.Work, at.Corrupt) > 0)
        {
            return StepStatus.NotFinite;
        }

        return _primal.Number(_primal.Work, at.Unsolved) > 0
            ? StepStatus.Unconverged
            : StepStatus.Ok;
    }

    // Finds a graph whose decisions hold, and brings it to the front.
    private bool Evaluate(StepInput input)
    {
        for (int i = 0; i < _evaluators.Count; i++)
        {
            GraphEvaluator<F64> evaluator = _evaluators[i];
            if (Evaluate(evaluator, input))
            {
                _evaluators.RemoveAt(i);
                _evaluators.Insert(0, evaluator);
                return true;
            }
        }

        return false;
    }

    private bool Evaluate(GraphEvaluator<F64> evaluator, StepInput input)
    {
        Span<F64> to = evaluator.Inputs;
        to = Write(input.Position, to);
        to = Write(input.Velocity, to);
        to = Write(input.Activation, to);
        to = Write(input.Control, to);
        to = Write(input.AppliedForce, to);
        to = Write(_parameters, to);
        _ = Write(_solution, to);
        if (F64.Any(evaluator.Forward()))
        {
            return false;
        }

        int output = 0;
        output = Read(evaluator, output, NextPosition);
        output = Read(evaluator, output, NextVelocity);
        _ = Read(evaluator, output, NextActivation);
        return true;
    }

    private void Record(StepInput input)
    {
        RecordingCount++;
        if (_evaluators.Count == GraphCountMax)
        {
            _evaluators.RemoveAt(_evaluators.Count - 1);
        }

        Graph graph = StepGraph.Record(_model, input, _solution, _slots, _parameters);
        var evaluator = new GraphEvaluator<F64>(graph);
        _evaluators.Insert(0, evaluator);
        if (!Evaluate(evaluator, input))
        {
            throw new InvalidOperationException("a graph does not hold where it was recorded");
        }
    }

    private static Span<F64> Write(double[] from, Span<F64> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = F64.Of(from[i]);
        }

        return to[from.Length..];
    }

    private static unsafe int Read(GraphEvaluator<F64> evaluator, int output, double[] to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            F64 value = evaluator.Output(output + i);
            to[i] = *(double*)&value;
        }

        return output + to.Length;
    }
}
