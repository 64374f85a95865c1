using System.Runtime.CompilerServices;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// The window of one tile of envs: states of its control steps, adjoints, gradients.
/// </summary>
/// <typeparam name="T">One double, or lanes of doubles; each lane is an env.</typeparam>
internal sealed unsafe class RolloutTile<T>
    where T : unmanaged, ILanes<T, double>
{
    private readonly Model _model;
    private readonly AdjointTile<T> _tile;
    private readonly int _envCount;
    private readonly int _horizon;
    private readonly int _substeps;
    private readonly int _outputCount;
    private readonly PinnedBlock<T> _states; // [control step + 1, state]
    private readonly PinnedBlock<T> _controls; // [control step, actuator]
    private readonly PinnedBlock<T> _losses; // [control step + 1, output] ∂loss by raw state
    private readonly PinnedBlock<T> _parameters; // [parameter]
    private readonly PinnedBlock<T> _records; // [substep, input + dof]
    private readonly PinnedBlock<T> _after; // [output]
    private readonly PinnedBlock<T> _before; // [input]
    private readonly PinnedBlock<T> _controlGradient; // [control step, actuator]
    private readonly PinnedBlock<T> _parameterGradient; // [parameter]
    private readonly double[] _slope;
    private readonly double[] _position;
    private T _unsolved;
    private T _corrupt;

    public RolloutTile(
        Model model,
        int envCount,
        int horizon,
        int substeps,
        IReadOnlyList<ModelParameter> parameters)
    {
        _model = model;
        _tile = new(model, parameters);
        _envCount = envCount;
        _horizon = horizon;
        _substeps = substeps;
        Layout at = _tile.Layout;
        _outputCount = at.PositionCount + at.DofCount + at.ActivationCount;
        _states = new((horizon + 1) * at.StateCount);
        _controls = new(horizon * at.ActuatorCount);
        _losses = new((horizon + 1) * _outputCount);
        _parameters = new(parameters.Count);
        _records = new(substeps * RecordSize);
        _after = new(_outputCount);
        _before = new(_tile.InputCount);
        _controlGradient = new(horizon * at.ActuatorCount);
        _parameterGradient = new(parameters.Count);
        _slope = new double[at.PositionCount];
        _position = new double[at.PositionCount];
        _tile.ReadParameters(_parameters.Span);
        _tile.State.CopyTo(StateOf(0));
    }

    /// <summary>Controls of an env.</summary>
    public int ControlCount => _tile.Layout.ActuatorCount;

    /// <summary>How often a step had to be recorded.</summary>
    public long RecordingCount => _tile.RecordingCount;

    private int RecordSize => _tile.InputCount + _tile.Layout.DofCount;

    /// <summary>Puts a lane at the beginning of its window.</summary>
    public void SetStart(int lane, StepInput start)
    {
        Layout at = _tile.Layout;
        Span<T> state = StateOf(0);
        WriteLane(start.Position, lane, state[at.Position..]);
        WriteLane(start.Velocity, lane, state[at.Velocity..]);
        WriteLane(start.Activation, lane, state[at.Activation..]);
        for (int dof = 0; dof < at.DofCount; dof++)
        {
            Lane(ref state[at.Warmstart + dof], lane) = 0;
        }
    }

    /// <summary>Sets the parameters of a lane.</summary>
    public void SetParameters(int lane, ReadOnlySpan<double> values)
    {
        WriteLane(values, lane, _parameters.Span);
        _tile.SetParameters(_parameters.Span);
    }

    /// <summary>Takes one control step.</summary>
    public void Forward(int controlStep, ReadOnlySpan<double> controls)
    {
        if (controlStep == 0)
        {
            _unsolved = T.Of(0);
            _corrupt = T.Of(0);
            _losses.Span.Clear();
        }

        int width = ControlCount;
        Span<T> control = _controls.Span.Slice(controlStep * width, width);
        for (int lane = 0; lane < _envCount; lane++)
        {
            WriteLane(controls.Slice(lane * width, width), lane, control);
        }

        Enter(controlStep);
        for (int k = 0; k < _substeps; k++)
        {
            _tile.Step([]);
            _unsolved = T.Max(_unsolved, _tile.Unsolved);
            _corrupt = T.Max(_corrupt, _tile.Corrupt);
        }

        _tile.State.CopyTo(StateOf(controlStep + 1));
    }

    /// <summary>Reads the state of a lane.</summary>
    public void ReadState(int controlStep, int lane, StepInput state)
    {
        Layout at = _tile.Layout;
        Span<T> from = StateOf(controlStep);
        ReadLane(from[at.Position..], lane, state.Position);
        ReadLane(from[at.Velocity..], lane, state.Velocity);
        ReadLane(from[at.Activation..], lane, state.Activation);
    }

    /// <summary>Adds to the loss's derivative by a state.</summary>
    public void AddStateGradient(int controlStep, int lane, ReadOnlySpan<double> gradient)
    {
        Layout at = _tile.Layout;
        ReadLane(StateOf(controlStep)[at.Position..], lane, _position);
        TangentSpace.Normalize(_model, _position);
        TangentSpace.ProjectTransposed(_model, _position, gradient[..at.DofCount], _slope);
        Span<T> loss = _losses.Span.Slice(controlStep * _outputCount, _outputCount);
        for (int k = 0; k < _outputCount; k++)
        {
            Lane(ref loss[k], lane) += k < at.PositionCount
                ? _slope[k]
                : gradient[at.DofCount + k - at.PositionCount];
        }
    }

    /// <summary>Carries the loss back over the window.</summary>
    public void Backward(double normMax, Span<GradientStatus> status)
    {
        T usable = T.Where(T.Max(_unsolved, _corrupt), T.Of(0), T.Of(1));
        for (int lane = _envCount; lane < T.LaneCount; lane++)
        {
            usable = T.Insert(usable, T.Of(0), lane);
        }

        _parameterGradient.Span.Clear();
        LossOf(_horizon).CopyTo(_after.Span);
        for (int step = _horizon - 1; step >= 0; step--)
        {
            CarryControlStep(step, usable);
            Span<T> loss = LossOf(step);
            for (int k = 0; k < _outputCount; k++)
            {
                _after.Span[k] += loss[k];
            }
        }

        _losses.Span.Clear();
        for (int lane = 0; lane < _envCount; lane++)
        {
            status[lane] = Judge(lane, normMax);
            if (status[lane] != GradientStatus.Ok)
            {
                Forget(lane);
            }
        }
    }

    /// <summary>Gradient by the controls of a control step.</summary>
    public void ReadControlGradient(int controlStep, int lane, Span<double> gradient) =>
        ReadLane(_controlGradient.Span[(controlStep * ControlCount)..], lane, gradient);

    /// <summary>Gradient by the first state.</summary>
    public void ReadStartGradient(int lane, Span<double> gradient)
    {
        Layout at = _tile.Layout;
        ReadLane(StateOf(0)[at.Position..], lane, _position);
        TangentSpace.Normalize(_model, _position);
        ReadLane(_after.Span, lane, _slope);
        TangentSpace.LiftTransposed(_model, _position, _slope, gradient[..at.DofCount]);
        ReadLane(_after.Span[at.PositionCount..], lane, gradient[at.DofCount..]);
    }

    /// <summary>Gradient by the parameters.</summary>
    public void ReadParameterGradient(int lane, Span<double> gradient) =>
        ReadLane(_parameterGradient.Span, lane, gradient);

    // Steps through a control step again, then back over its steps.
    private void CarryControlStep(int controlStep, T usable)
    {
        Layout at = _tile.Layout;
        Enter(controlStep);
        for (int k = 0; k < _substeps; k++)
        {
            _tile.Step(RecordOf(k));
        }

        int control = _outputCount;
        int parameter = _tile.InputCount - _parameters.Count;
        Span<T> gradient = _controlGradient.Span.Slice(
            controlStep * at.ActuatorCount, at.ActuatorCount);
        gradient.Clear();
        for (int k = _substeps - 1; k >= 0; k--)
        {
            _tile.Backward(RecordOf(k), _after.Span, usable, _before.Span);
            _before.Span[.._outputCount].CopyTo(_after.Span);
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += _before.Span[control + i];
            }

            for (int i = 0; i < _parameters.Count; i++)
            {
                _parameterGradient.Span[i] += _before.Span[parameter + i];
            }
        }
    }

    private void Enter(int controlStep)
    {
        int width = ControlCount;
        StateOf(controlStep).CopyTo(_tile.State);
        _controls.Span.Slice(controlStep * width, width).CopyTo(_tile.Control);
    }

    private GradientStatus Judge(int lane, double normMax)
    {
        if (Lane(ref _corrupt, lane) > 0)
        {
            return GradientStatus.StateNotFinite;
        }

        if (Lane(ref _unsolved, lane) > 0)
        {
            return GradientStatus.Unconverged;
        }

        double square = Square(_after.Span, lane);
        double all = square + Square(_controlGradient.Span, lane)
            + Square(_parameterGradient.Span, lane);
        if (!double.IsFinite(all))
        {
            return GradientStatus.GradientNotFinite;
        }

        return Math.Sqrt(square) > normMax ? GradientStatus.Exploded : GradientStatus.Ok;
    }

    private void Forget(int lane)
    {
        Forget(_after.Span, lane);
        Forget(_controlGradient.Span, lane);
        Forget(_parameterGradient.Span, lane);
    }

    private static void Forget(Span<T> numbers, int lane)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            Lane(ref numbers[i], lane) = 0;
        }
    }

    private static double Square(Span<T> numbers, int lane)
    {
        double square = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            double number = Lane(ref numbers[i], lane);
            square += number * number;
        }

        return square;
    }

    private Span<T> StateOf(int controlStep) =>
        _states.Span.Slice(controlStep * _tile.Layout.StateCount, _tile.Layout.StateCount);

    private Span<T> LossOf(int controlStep) =>
        _losses.Span.Slice(controlStep * _outputCount, _outputCount);

    private Span<T> RecordOf(int substep) =>
        _records.Span.Slice(substep * RecordSize, RecordSize);

    private static void WriteLane(ReadOnlySpan<double> from, int lane, Span<T> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            Lane(ref to[i], lane) = from[i];
        }
    }

    private static void ReadLane(Span<T> from, int lane, Span<double> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Lane(ref from[i], lane);
        }
    }

    private static ref double Lane(ref T number, int lane) =>
        ref Unsafe.Add(ref Unsafe.As<T, double>(ref number), lane);
}
