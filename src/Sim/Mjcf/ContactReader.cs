using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads contact pairs and excludes.</summary>
internal sealed class ContactReader(DefaultClasses classes, ModelNames names)
{
    /// <summary>Pairs of geoms that the file names.</summary>
    public IReadOnlyList<ModelContactPair> ReadPairs(XElement root) =>
        [.. root.Elements("contact").Elements("pair").Select(ReadPair)];

    /// <summary>Pairs of bodies that never touch.</summary>
    public IReadOnlyList<(int First, int Second)> ReadExcludes(XElement root) =>
    [
        .. root.Elements("contact").Elements("exclude").Select(exclude =>
        {
            var at = new MjcfAttributes(exclude);
            return (names.Find(at, "body1", "body"), names.Find(at, "body2", "body"));
        }),
    ];

    private ModelContactPair ReadPair(XElement element)
    {
        MjcfAttributes at = classes.Resolve(element, null);
        double[] friction = at.Prefix("friction", 1, 1, 0.005, 0.0001, 0.0001);
        if (friction.Any(f => f < 0))
        {
            throw MjcfFault.At(at.Find("friction")!, "'friction' is negative", "0 or more");
        }

        double[] reference = at.Prefix("solreffriction", 0, 0);
        return new ModelContactPair
        {
            Name = at.Name,
            FirstGeom = names.Find(at, "geom1", "geom"),
            SecondGeom = names.Find(at, "geom2", "geom"),
            ContactDimension = GeomReader.ContactDimension(at),
            Friction = friction,
            Softness = at.Softness("solref", "solimp"),
            FrictionReference = (reference[0], reference[1]),
            Margin = at.Number("margin", 0),
            Gap = at.Number("gap", 0),
        };
    }
}
