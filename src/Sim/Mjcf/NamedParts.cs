using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Bodies and geoms that elements outside the tree name, and that therefore must stay.
/// </summary>
internal sealed class NamedParts
{
    private readonly HashSet<string> _geoms = [];

    /// <summary>Collects the names in a document.</summary>
    public NamedParts(XElement root)
    {
        var bodies = new HashSet<string>();
        foreach (XElement element in root.Elements()
            .Where(section => section.Name.LocalName is "contact" or "equality" or "sensor")
            .Elements())
        {
            foreach (XAttribute attribute in element.Attributes())
            {
                switch (attribute.Name.LocalName)
                {
                    case "body1" or "body2" or "body":
                        bodies.Add(attribute.Value);
                        break;
                    case "geom1" or "geom2":
                        _geoms.Add(attribute.Value);
                        break;
                    case "objname":
                        Add(element.Attribute("objtype"), attribute.Value, bodies);
                        break;
                    case "refname":
                        Add(element.Attribute("reftype"), attribute.Value, bodies);
                        break;
                }
            }
        }

        Bodies = bodies;
    }

    /// <summary>Names of bodies.</summary>
    public IReadOnlySet<string> Bodies { get; }

    /// <summary>Whether a geom can touch another, or is named.</summary>
    public bool Touches(ModelGeom geom) =>
        geom.ContactType != 0 || geom.ContactAffinity != 0 || _geoms.Contains(geom.Name);

    private void Add(XAttribute? type, string name, HashSet<string> bodies)
    {
        if (type?.Value is "body" or "xbody")
        {
            bodies.Add(name);
        }
        else if (type?.Value == "geom")
        {
            _geoms.Add(name);
        }
    }
}
