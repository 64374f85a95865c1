using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Reads contact pairs and excludes. As in MuJoCo, the geom or body of the lower body comes first,
/// and they are sorted by the two bodies.
/// </summary>
internal sealed class ContactReader(
    DefaultClasses classes, ModelNames names, IReadOnlyList<ModelGeom> geoms)
{
    /// <summary>Pairs of geoms that the file names.</summary>
    public IReadOnlyList<ModelContactPair> ReadPairs(XElement root) =>
    [
        .. root.Elements("contact").Elements("pair").Select(ReadPair)
            .OrderBy(pair => geoms[pair.FirstGeom].Body)
            .ThenBy(pair => geoms[pair.SecondGeom].Body),
    ];

    /// <summary>Pairs of bodies that never touch.</summary>
    public IReadOnlyList<(int First, int Second)> ReadExcludes(XElement root) =>
    [
        .. root.Elements("contact").Elements("exclude").Select(exclude =>
        {
            var at = new MjcfAttributes(exclude);
            int first = names.Find(at, "body1", "body");
            int second = names.Find(at, "body2", "body");
            return (First: Math.Min(first, second), Second: Math.Max(first, second));
        }).Order(),
    ];

    private ModelContactPair ReadPair(XElement element)
    {
        MjcfAttributes at = classes.Resolve(element, null);
        double[] friction = at.Prefix("friction", 1, 1, 0.005, 0.0001, 0.0001);
        if (friction.Any(f => f < 0))
        {
            throw MjcfFault.At(at.Find("friction")!, "'friction' is negative", "0 or more");
        }

        int first = names.Find(at, "geom1", "geom");
        int second = names.Find(at, "geom2", "geom");
        if (geoms[first].Body > geoms[second].Body)
        {
            (first, second) = (second, first);
        }

        double[] reference = at.Prefix("solreffriction", 0, 0);
        return new ModelContactPair
        {
            Name = at.Name,
            FirstGeom = first,
            SecondGeom = second,
            ContactDimension = GeomReader.ContactDimension(at),
            Friction = friction,
            Softness = at.Softness("solref", "solimp"),
            FrictionReference = (reference[0], reference[1]),
            Margin = at.Number("margin", 0),
            Gap = at.Number("gap", 0),
        };
    }
}
