using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Gradients;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Plans;

/// <summary>
/// Runs the phases once in symbols and keeps what they did. Of a model's constants only 0, 1, -1
/// and infinities are taken as known, so every operation left rounds as the phases' does.
/// </summary>
/// <typeparam name="TNumber">Symbol, or duals of it for a step with a tangent.</typeparam>
internal sealed unsafe class PlanRecorder<TNumber>
    where TNumber : unmanaged, IReal<TNumber>
{
    // Beyond, compiling takes longer than a second.
    private const int OperationMax = 8000;

    private const int GuardLength = 3;
    private const double SizeMax = 1e6; // rad, m and their rates, N, N·m
    private const int SizesPerGuard = 24;

    private readonly PackedModel _model;
    private readonly Layout _at;
    private readonly GraphRecorder _recorder;
    private readonly PinnedBlock<TNumber> _work;
    private readonly PinnedBlock<TNumber> _constants;
    private readonly PinnedBlock<int> _indices;
    private readonly PinnedBlock<int> _topology;
    private readonly PinnedBlock<float> _assets;
    private readonly Dictionary<int, PlanSource> _sources = [];
    private readonly SortedDictionary<int, Symbol> _sizes = [];
    private readonly int _unwritten;

    private PlanRecorder(PackedModel model, IReadOnlyCollection<int> own, GraphRecorder recorder)
    {
        _model = model;
        _at = model.At;
        _recorder = recorder;
        _work = new(_at.WorkCount);
        _constants = new(_at.ConstantCount);
        _indices = new(_at.IndexCount);
        _topology = new(_at.TopologyCount);
        _assets = new(_at.AssetCount);
        model.Topology.CopyTo(_topology.Span);
        model.Assets.CopyTo(_assets.Span);
        _unwritten = recorder.Constant(double.NaN);
        Works.Fill(new(_unwritten, double.NaN));
        LoadConstants(own);
        LoadState();
    }

    // Symbols of a number: a dual has two.
    private static int Parts => sizeof(TNumber) / sizeof(Symbol);

    private Span<Symbol> Works => new(_work.Pointer, _at.WorkCount * Parts);

    private Env<TNumber, PointerWorkMem<TNumber>, PointerMem<TNumber>, PointerIndexMem> Env =>
        new(
            new(_work.Pointer, _indices.Pointer),
            new(_constants.Pointer),
            new(_topology.Pointer, _assets.Pointer),
            _at);

    /// <summary>
    /// The plan of a model's whole step where it has one, else of the smooth part, else null.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="own">Constants that are one number an env, whose values may change.</param>
    public static StepPlan? Record(PackedModel model, IReadOnlyCollection<int> own) =>
        Record(model, own, PlanScope.Whole) ?? Record(model, own, PlanScope.Smooth);

    /// <summary>The plan of a part of a model's step; null where it has none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="own">Constants that are one number an env, whose values may change.</param>
    /// <param name="scope">What it shall stand for.</param>
    public static StepPlan? Record(
        PackedModel model, IReadOnlyCollection<int> own, PlanScope scope)
    {
        var rule = (IntegrationRule)model.Topology[TopologySlots.Integration];
        bool isStraight = scope == PlanScope.Whole
            ? model.At.Constraints.BlockMax == 0
            : rule != IntegrationRule.RungeKutta;
        if (!isStraight)
        {
            return null;
        }

        using var recorder = new GraphRecorder();
        return new PlanRecorder<TNumber>(model, own, recorder).Run(scope);
    }

    private StepPlan? Run(PlanScope scope)
    {
        if (scope == PlanScope.Whole)
        {
            CpuDynamics<TNumber, PointerWorkMem<TNumber>, PointerMem<TNumber>, PointerIndexMem>
                .Step(Env);
        }
        else
        {
            CpuDynamics<TNumber, PointerWorkMem<TNumber>, PointerMem<TNumber>, PointerIndexMem>
                .Smooth(Env);
        }

        GuardSizes();

        // What was found out on the way must be false in every lane, or the phases must run.
        if (_recorder.Guards.Any(guard => guard.IsWhole || guard.Expected != 0))
        {
            return null;
        }

        var plan = new StepPlan(scope, _recorder, _sources, [.. Stores(scope)]);
        return plan.Order.Length <= OperationMax && IsComplete(plan) ? plan : null;
    }

    // Nothing that it needs was left from the step before, and no input is moved to another.
    // Guards come before all else, so they must be short.
    private bool IsComplete(StepPlan plan) =>
        !plan.Order.SelectMany(plan.OperandsOf).Contains(_unwritten)
        && !plan.Guards.Any(plan.IsLeaf)
        && plan.OrderOf(plan.Guards).Length
            <= (GuardLength * plan.Guards.Length) + _sizes.Count
        && !plan.Stores.Any(store => plan.Reads(store.Place) && plan.IsLeaf(store.Node));

    // Where squares of state and inputs could overflow the phases run: there infinity times 0 is
    // NaN, which makes the env's status, and here it would vanish.
    private void GuardSizes()
    {
        foreach (Symbol[] some in _sizes.Values.Chunk(SizesPerGuard))
        {
            Symbol sum = Symbol.Of(0);
            foreach (Symbol size in some)
            {
                sum = Symbol.Fma(size, size, sum);
            }

            _ = Symbol.Any(sum - Symbol.Of(SizeMax * SizeMax));
        }
    }

    private IEnumerable<PlanStore> Stores(PlanScope scope)
    {
        IEnumerable<int> slots = scope == PlanScope.Smooth
            ? Enumerable.Range(0, _at.WorkCount)
            :
            [
                _at.Time,
                .. Enumerable.Range(_at.Position, _at.PositionCount),
                .. Enumerable.Range(_at.Velocity, _at.DofCount),
                .. Enumerable.Range(_at.Activation, _at.ActivationCount),
                .. Enumerable.Range(_at.Warmstart, _at.DofCount),
                .. Enumerable.Range(_at.Acceleration, _at.DofCount),
                _at.Unsolved,
                _at.Contacts.Overflow,
            ];
        foreach (int slot in slots)
        {
            for (int place = Parts * slot; place < Parts * (slot + 1); place++)
            {
                int node = Works[place].Node;
                bool isItself = _sources.TryGetValue(node, out PlanSource source)
                    && source == new PlanSource(IsConstant: false, place);
                if (node != _unwritten && !isItself)
                {
                    yield return new(place, node);
                }
            }
        }
    }

    private void LoadConstants(IReadOnlyCollection<int> own)
    {
        var mayChange = new HashSet<int>(own);
        var symbols = new Span<Symbol>(_constants.Pointer, _at.ConstantCount * Parts);
        symbols.Fill(Symbol.Of(0));
        for (int slot = 0; slot < _at.ConstantCount; slot++)
        {
            double value = _model.Constants[slot];
            bool isKnown = value is 0 or 1 or -1 || double.IsInfinity(value);
            symbols[Parts * slot] = isKnown && !mayChange.Contains(slot)
                ? Symbol.Of(value)
                : Input(new(IsConstant: true, slot), value);
        }
    }

    // Somewhere inside all ranges.
    private void LoadState()
    {
        Read(_at.Time, 0);
        Read(_at.Position, _model.Position);
        for (int dof = 0; dof < _at.DofCount; dof++)
        {
            Read(_at.Velocity + dof, 0.125);
            Read(_at.Applied + dof, 0);
            Read(_at.Warmstart + dof, 0);
            int place = _model.Topology[_at.IndexOfDof(dof, TopologySlots.DofPosition)];
            if (_model.Topology[_at.IndexOfDof(dof, TopologySlots.DofHasLimit)] != 0)
            {
                double low = _model.Constants[_at.OfDof(dof, ConstantSlots.RangeMin)];
                double high = _model.Constants[_at.OfDof(dof, ConstantSlots.RangeMax)];
                Read(_at.Position + place, 0.5 * (low + high));
            }
        }

        Read(_at.Activation, new double[_at.ActivationCount]);
        Read(_at.Control, new double[_at.ActuatorCount]);
        for (int actuator = 0; actuator < _at.ActuatorCount; actuator++)
        {
            _work.Span[_at.Enabled + actuator] = TNumber.Of(1);
        }
    }

    private void Read(int first, double[] values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            Read(first + k, values[k]);
        }
    }

    private void Read(int slot, double value)
    {
        for (int part = 0; part < Parts; part++)
        {
            int place = (Parts * slot) + part;
            Works[place] = Input(new(IsConstant: false, place), part == 0 ? value : 0);
            bool isSize = part == 0
                && slot != _at.Time
                && (slot < _at.Warmstart || slot >= _at.Warmstart + _at.DofCount);
            if (isSize)
            {
                _sizes[place] = Works[place];
            }
        }
    }

    private Symbol Input(PlanSource source, double value)
    {
        int node = _recorder.Input();
        _sources.Add(node, source);
        return new(node, value);
    }
}
