using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Envs side by side: steps them, and carries adjoints back over a step by recorded graphs. A graph
/// serves the lanes in which its decisions hold; the other lanes get one of their own. All numbers
/// are raw: derivatives are by position numbers, not by displacements.
/// </summary>
/// <typeparam name="T">One double, or lanes of doubles; each lane is an env.</typeparam>
internal sealed unsafe class AdjointTile<T>
    where T : unmanaged, ILanes<T, double>
{
    private const int GraphCountMax = 64;

    private readonly Model _model;
    private readonly EnvMemory<T> _memory;
    private readonly int[] _slots;
    private readonly double[] _parameters;
    private readonly double[] _solution;
    private readonly StepInput _lane;
    private readonly List<GraphEvaluator<T>> _evaluators = [];

    public AdjointTile(Model model, IReadOnlyList<ModelParameter> parameters)
    {
        _model = model;
        _memory = new(model);
        _slots = ModelParameters.Slots(model, Layout, parameters);
        _parameters = new double[_slots.Length];
        _solution = new double[model.DofCount];
        _lane = new(model);
        InputCount = model.PositionCount + (2 * model.DofCount) + model.ActivationCount
            + model.Actuators.Count + _slots.Length;
        _memory.Load(_lane);
        _memory.Derive();
    }

    /// <summary>Where everything lies.</summary>
    public Layout Layout => _memory.Layout;

    /// <summary>State: Layout's first StateCount numbers of the workspace.</summary>
    public Span<T> State => _memory.Work.Span[..Layout.StateCount];

    /// <summary>Controls. Shape [actuator].</summary>
    public Span<T> Control => _memory.Work.Span.Slice(Layout.Control, Layout.ActuatorCount);

    /// <summary>
    /// Numbers that a step's result depends on: position, velocity, activation, control, applied
    /// force, parameters.
    /// </summary>
    public int InputCount { get; }

    /// <summary>How often a step had to be recorded.</summary>
    public long RecordingCount { get; private set; }

    /// <summary>1 where the last step's solve did not arrive, else 0.</summary>
    public T Unsolved => _memory.Work.Span[Layout.Unsolved];

    /// <summary>1 where the last step's result is not finite, else 0.</summary>
    public T Corrupt => _memory.Work.Span[Layout.Corrupt];

    /// <summary>Sets parameters of every lane. Shape [parameter].</summary>
    public void SetParameters(ReadOnlySpan<T> values)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _memory.Constants.Span[_slots[i]] = values[i];
        }

        _memory.Derive();
    }

    /// <summary>Reads the parameters of every lane. Shape [parameter].</summary>
    public void ReadParameters(Span<T> values)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            values[i] = _memory.Constants.Span[_slots[i]];
        }
    }

    /// <summary>Takes a step.</summary>
    /// <param name="record">
    /// Receives what <see cref="Backward"/> needs: inputs, then the constrained acceleration.
    /// Shape [input + dof]; or empty.
    /// </param>
    public void Step(Span<T> record)
    {
        Span<T> work = _memory.Work.Span;
        Layout at = Layout;
        if (record.Length > 0)
        {
            Span<T> rest = Copy(work.Slice(at.Position, at.PositionCount), record);
            rest = Copy(work.Slice(at.Velocity, at.DofCount), rest);
            rest = Copy(work.Slice(at.Activation, at.ActivationCount), rest);
            rest = Copy(work.Slice(at.Control, at.ActuatorCount), rest);
            rest = Copy(work.Slice(at.Applied, at.DofCount), rest);
            for (int i = 0; i < _slots.Length; i++)
            {
                rest[i] = _memory.Constants.Span[_slots[i]];
            }
        }

        CpuDynamics<T, PointerWorkMem<T>, PointerMem<T>, PointerIndexMem>.Step(_memory.Env);
        if (record.Length > 0)
        {
            work.Slice(at.Acceleration, at.DofCount).CopyTo(record[InputCount..]);
        }
    }

    /// <summary>Carries adjoints back over a step.</summary>
    /// <param name="record">What Step recorded. Shape [input + dof].</param>
    /// <param name="after">
    /// Adjoints of position, velocity and activation after the step. Shape [output].
    /// </param>
    /// <param name="pending">Above 0 in the lanes wanted; the others get 0.</param>
    /// <param name="before">Receives the adjoints of the inputs. Shape [input].</param>
    public void Backward(
        ReadOnlySpan<T> record, ReadOnlySpan<T> after, T pending, Span<T> before)
    {
        before.Fill(T.Of(0));
        for (int i = 0; i < _evaluators.Count && T.Any(pending); i++)
        {
            pending = Carry(_evaluators[i], pending, record, after, before);
        }

        for (int lane = 0; lane < T.LaneCount && T.Any(pending); lane++)
        {
            if (T.Any(T.Broadcast(pending, lane)))
            {
                GraphEvaluator<T> evaluator = Record(record, lane);
                pending = Carry(evaluator, pending, record, after, before);

                // A decision on a tie may fall otherwise by a rounding; the lane is served.
                pending = T.Insert(pending, T.Of(0), lane);
            }
        }
    }

    // Serves the pending lanes in which the graph holds; returns those that are still pending.
    private static T Carry(
        GraphEvaluator<T> evaluator,
        T pending,
        ReadOnlySpan<T> record,
        ReadOnlySpan<T> after,
        Span<T> before)
    {
        record.CopyTo(evaluator.Inputs);
        T broken = evaluator.Forward();
        T served = T.Where(broken, T.Of(0), pending);
        if (!T.Any(served))
        {
            return pending;
        }

        evaluator.ClearAdjoints();
        for (int i = 0; i < after.Length; i++)
        {
            evaluator.Seed(i, T.Where(served, after[i], T.Of(0)));
        }

        evaluator.Backward();
        ReadOnlySpan<T> found = evaluator.InputAdjoints;
        for (int i = 0; i < before.Length; i++)
        {
            before[i] = T.Where(served, found[i], before[i]);
        }

        return T.Where(served, T.Of(0), pending);
    }

    private GraphEvaluator<T> Record(ReadOnlySpan<T> record, int lane)
    {
        RecordingCount++;
        ReadOnlySpan<T> rest = ReadLane(record, lane, _lane.Position);
        rest = ReadLane(rest, lane, _lane.Velocity);
        rest = ReadLane(rest, lane, _lane.Activation);
        rest = ReadLane(rest, lane, _lane.Control);
        rest = ReadLane(rest, lane, _lane.AppliedForce);
        rest = ReadLane(rest, lane, _parameters);
        _ = ReadLane(rest, lane, _solution);
        if (_evaluators.Count == GraphCountMax)
        {
            _evaluators.RemoveAt(_evaluators.Count - 1);
        }

        var evaluator = new GraphEvaluator<T>(
            StepGraph.Record(_model, _lane, _solution, _slots, _parameters));
        _evaluators.Insert(0, evaluator);
        return evaluator;
    }

    private static ReadOnlySpan<T> ReadLane(ReadOnlySpan<T> from, int lane, double[] to)
    {
        fixed (T* numbers = from)
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = ((double*)(numbers + i))[lane];
            }
        }

        return from[to.Length..];
    }

    private static Span<T> Copy(ReadOnlySpan<T> from, Span<T> to)
    {
        from.CopyTo(to);
        return to[from.Length..];
    }
}
