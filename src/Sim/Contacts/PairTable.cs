using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim.Contacts;

/// <summary>
/// Which geoms of a model may touch (MuJoCo, engine_collision_driver.c): bit masks, one weld,
/// parent
/// and child, excluded bodies; pairs that the file names pass all of these. Sorted by algorithm,
/// then as MuJoCo visits them.
/// </summary>
internal sealed class PairTable
{
    /// <summary>Pairs a model can have; every one is tested at every step.</summary>
    public const int PairMax = 20_000;

    private readonly Model _model;
    private readonly HashSet<(int, int)> _excluded;
    private readonly List<CollisionPair> _pairs = [];

    /// <summary>Lists the pairs of a model.</summary>
    /// <exception cref="ModelException">There are more than <see cref="PairMax"/>.</exception>
    public PairTable(Model model)
    {
        _model = model;
        _excluded = [.. model.ContactExcludes.Select(pair => Ordered(pair.First, pair.Second))];
        if (model.Options.ContactEnabled && model.Options.ConstraintEnabled)
        {
            AddNamed();
            AddByMasks();
        }

        _pairs = [.. _pairs.OrderBy(pair => pair.Shapes)];
    }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<CollisionPair> Pairs => _pairs;

    private static (int Low, int High) Ordered(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private void AddNamed()
    {
        for (int i = 0; i < _model.ContactPairs.Count; i++)
        {
            ModelContactPair pair = _model.ContactPairs[i];
            Add(pair.FirstGeom, pair.SecondGeom, i);
        }
    }

    private void AddByMasks()
    {
        HashSet<(int, int)> named =
            [.. _model.ContactPairs.Select(pair => Ordered(pair.FirstGeom, pair.SecondGeom))];
        var touching = Enumerable.Range(0, _model.Geoms.Count).Where(MayTouch).ToLookup(
            geom => _model.Geoms[geom].Body);
        int[] bodies = [.. touching.Select(group => group.Key).Order()];
        foreach (int first in bodies)
        {
            foreach (int second in bodies.Where(body => body > first && BodiesTouch(first, body)))
            {
                foreach (int a in touching[first])
                {
                    foreach (int b in touching[second])
                    {
                        if (MasksMeet(a, b) && !named.Contains(Ordered(a, b)))
                        {
                            Add(a, b, -1);
                        }
                    }
                }
            }
        }
    }

    private bool MayTouch(int geom) =>
        (_model.Geoms[geom].ContactType | _model.Geoms[geom].ContactAffinity) != 0;

    private bool MasksMeet(int a, int b) =>
        (_model.Geoms[a].ContactType & _model.Geoms[b].ContactAffinity) != 0
        || (_model.Geoms[b].ContactType & _model.Geoms[a].ContactAffinity) != 0;

    private bool BodiesTouch(int first, int second)
    {
        int a = _model.Bodies[first].Weld;
        int b = _model.Bodies[second].Weld;
        if (a == b || (IsFixed(a) && IsFixed(b)) || _excluded.Contains(Ordered(first, second)))
        {
            return false;
        }

        bool filter = _model.Options.FilterParent && a != 0 && b != 0;
        return !filter || (a != ParentWeld(b) && b != ParentWeld(a));
    }

    // The world, or a mocap body.
    private bool IsFixed(int weld) => _model.Bodies[weld].JointCount == 0;

    private int ParentWeld(int weld) => _model.Bodies[_model.Bodies[weld].Parent].Weld;

    private void Add(int a, int b, int named)
    {
        if (ShapePairs.Order(_model.Geoms[a].Kind) > ShapePairs.Order(_model.Geoms[b].Kind))
        {
            (a, b) = (b, a);
        }

        ModelGeom first = _model.Geoms[a];
        ModelGeom second = _model.Geoms[b];
        if (ShapePairs.Of(first.Kind, second.Kind) is not { } shapes)
        {
            return;
        }

        if (_pairs.Count == PairMax)
        {
            throw new ModelException(
                "too many pairs of geoms may touch",
                _model.Path,
                expected: $"at most {PairMax}",
                remedy: "give geoms that never touch contype and conaffinity bits that do not "
                    + "meet, or exclude their bodies");
        }

        ParameterMixing mixing = named >= 0 ? ParameterMixing.Named
            : first.Priority > second.Priority ? ParameterMixing.First
            : first.Priority < second.Priority ? ParameterMixing.Second
            : ParameterMixing.Both;
        int dimension = mixing switch
        {
            ParameterMixing.Named => _model.ContactPairs[named].ContactDimension,
            ParameterMixing.First => first.ContactDimension,
            ParameterMixing.Second => second.ContactDimension,
            ParameterMixing.Both => Math.Max(first.ContactDimension, second.ContactDimension),
        };
        int most = ShapePairs.ContactMax(first.Kind, second.Kind);
        _pairs.Add(new(a, b, shapes, named, mixing, dimension, most));
    }
}
