using HilRig.Sim.Gradients;

namespace HilRig.Sim.Plans;

/// <summary>
/// A plan cut into pieces that the JIT compiles well, and a place of scratch for every number that
/// one piece hands to another. A number that the plan leaves in the workspace anyway is read there.
/// </summary>
internal sealed class PlanChunks
{
    // More, and the JIT stops inlining: a few locals an operation, a thousand in all.
    private const int WeightMax = 60;
    private const int SineWeight = 20;
    private const int SelectionWeight = 2;

    private readonly StepPlan _plan;
    private readonly List<int[]> _pieces = [];
    private readonly Dictionary<int, int> _pieceOf = [];
    private readonly Dictionary<int, int> _lastUse = [];
    private readonly Dictionary<int, int> _scratchOf = [];
    private readonly Dictionary<int, int> _leftAt = [];

    /// <summary>Cuts a plan.</summary>
    public PlanChunks(StepPlan plan)
    {
        _plan = plan;
        Cut();
        SortStores();
        FindLastUses();
        PlaceScratch();
    }

    /// <summary>Nodes of each piece, in order.</summary>
    public IReadOnlyList<int[]> Pieces => _pieces;

    /// <summary>
    /// Stores after all pieces, also in pieces: of numbers that were not computed, then those that
    /// write over an input.
    /// </summary>
    public IReadOnlyList<PlanStore[]> Last { get; private set; } = [];

    /// <summary>Numbers of scratch.</summary>
    public int ScratchCount { get; private set; }

    /// <summary>Places of the workspace that take a node as soon as it is computed.</summary>
    public ILookup<int, int> Left { get; private set; } = Array.Empty<int>().ToLookup(x => x);

    /// <summary>Where another piece finds a node in scratch.</summary>
    public bool TryScratch(int node, out int place) => _scratchOf.TryGetValue(node, out place);

    /// <summary>Where another piece finds a node in the workspace.</summary>
    public bool TryLeft(int node, out int place) => _leftAt.TryGetValue(node, out place);

    private void Cut()
    {
        var piece = new List<int>();
        int weight = 0;
        foreach (int node in _plan.Order)
        {
            int own = _plan[node].Operation switch
            {
                GraphOperation.Sine => SineWeight,
                GraphOperation.Max or GraphOperation.Min or GraphOperation.Where =>
                    SelectionWeight,
                _ => 1,
            };
            if (weight + own > WeightMax)
            {
                _pieces.Add([.. piece]);
                piece.Clear();
                weight = 0;
            }

            piece.Add(node);
            weight += own;
        }

        _pieces.Add([.. piece]);
        for (int i = 0; i < _pieces.Count; i++)
        {
            foreach (int node in _pieces[i].SelectMany(_plan.ResultsOf))
            {
                _pieceOf[node] = i;
            }
        }
    }

    private void SortStores()
    {
        Left = _plan.Stores
            .Where(store => !_plan.Reads(store.Place) && !_plan.IsLeaf(store.Node))
            .ToLookup(store => store.Node, store => store.Place);
        foreach (IGrouping<int, int> places in Left)
        {
            _leftAt[places.Key] = places.First();
        }

        PlanStore[] copied = [.. _plan.Stores.Where(store => _plan.IsLeaf(store.Node))];
        PlanStore[] moved = [.. _plan.Stores.Where(store => _plan.Reads(store.Place))];
        Last = [.. copied.Concat(moved).Chunk(WeightMax)];
    }

    private void FindLastUses()
    {
        for (int i = 0; i < _pieces.Count; i++)
        {
            foreach (int operand in _pieces[i].SelectMany(_plan.OperandsOf))
            {
                if (!_plan.IsLeaf(operand))
                {
                    _lastUse[operand] = i;
                }
            }
        }

        foreach (PlanStore store in Last.SelectMany(stores => stores))
        {
            _lastUse[store.Node] = _pieces.Count;
        }
    }

    // A place is free again after the last piece that reads it.
    private void PlaceScratch()
    {
        var free = new Stack<int>();
        var endings = new List<int>[_pieces.Count + 1];
        for (int i = 0; i < _pieces.Count; i++)
        {
            foreach (int place in (i > 0 ? endings[i - 1] : null) ?? [])
            {
                free.Push(place);
            }

            foreach (int node in _pieces[i].SelectMany(_plan.ResultsOf))
            {
                int last = _lastUse.GetValueOrDefault(node, -1);
                if (last > i && !_leftAt.ContainsKey(node))
                {
                    int place = free.Count > 0 ? free.Pop() : ScratchCount++;
                    _scratchOf[node] = place;
                    (endings[last] ??= []).Add(place);
                }
            }
        }
    }
}
