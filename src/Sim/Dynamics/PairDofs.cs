using HilRig.Sim.Contacts;
using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// The dofs that the contacts of each pair of geoms depend on; pairs of the same bodies share a
/// list.
/// </summary>
internal sealed class PairDofs
{
    private readonly List<DofList> _lists = [];
    private readonly List<int> _listOfPair = [];

    public PairDofs(Model model)
    {
        var known = new Dictionary<(int, int), int>();
        foreach (CollisionPair pair in new PairTable(model).Pairs)
        {
            (int First, int Second) bodies =
                (model.Geoms[pair.First].Body, model.Geoms[pair.Second].Body);
            if (!known.TryGetValue(bodies, out int list))
            {
                list = _lists.Count;
                known.Add(bodies, list);
                _lists.Add(DofList.OfContact(model, bodies.First, bodies.Second));
            }

            _listOfPair.Add(list);
            SizeMax = Math.Max(SizeMax, Block.Size(pair.Dimension, _lists[list].Dofs.Length));
        }
    }

    /// <summary>Numbers that the largest contact block needs.</summary>
    public int SizeMax { get; }

    /// <summary>Integers of all lists.</summary>
    public int IntegerCount => _lists.Sum(list => 2 * list.Dofs.Length);

    /// <summary>The lists.</summary>
    public IReadOnlyList<DofList> Lists => _lists;

    /// <summary>Which list each pair has.</summary>
    public IReadOnlyList<int> ListOfPair => _listOfPair;
}
