using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>Finds what elements refer to by name.</summary>
internal sealed class ModelNames
{
    private readonly Dictionary<string, Dictionary<string, int>> _indices = [];

    /// <summary>Knows the names of bodies and of what is on them.</summary>
    public ModelNames(TreeFlattening tree)
    {
        Add("body", tree.Bodies, body => body.Name);
        Add("joint", tree.Joints, joint => joint.Name);
        Add("geom", tree.Geoms, geom => geom.Name);
        Add("site", tree.Sites, site => site.Name);
    }

    /// <summary>Adds the names of one kind of object.</summary>
    public void Add<TItem>(string kind, IReadOnlyList<TItem> items, Func<TItem, string> name)
    {
        var indices = new Dictionary<string, int>();
        for (int i = 0; i < items.Count; i++)
        {
            if (name(items[i]).Length > 0)
            {
                indices[name(items[i])] = i;
            }
        }

        _indices[kind] = indices;
    }

    /// <summary>Index of the object an attribute names.</summary>
    /// <param name="at">The element.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="kind">body, joint, geom, site, tendon or actuator.</param>
    /// <exception cref="Core.Errors.ModelException">No such attribute or object.</exception>
    public int Find(MjcfAttributes at, string attribute, string kind)
    {
        XAttribute given = at.Find(attribute)
            ?? throw MjcfFault.At(
                at.Element, $"'{attribute}' is missing", $"{attribute}=\"name of a {kind}\"");
        if (_indices[kind].TryGetValue(given.Value, out int index))
        {
            return index;
        }

        string known = string.Join(", ", _indices[kind].Keys.Take(20));
        throw MjcfFault.At(
            given,
            $"{kind} '{given.Value}' does not exist",
            _indices[kind].Count switch
            {
                0 => $"a {kind} with a name",
                <= 20 => "one of " + known,
                _ => "one of " + known + ", …",
            });
    }

    /// <summary>As <see cref="Find"/>, or a fallback when the attribute is not given.</summary>
    public int FindOr(MjcfAttributes at, string attribute, string kind, int fallback) =>
        at.Has(attribute) ? Find(at, attribute, kind) : fallback;
}
