namespace HilRig.Sim.Mjcf;

/// <summary>What is known about one MJCF element.</summary>
internal sealed class ElementRule
{
    /// <summary>Makes a rule from lists of names separated by spaces.</summary>
    /// <param name="read">Attributes that are read.</param>
    /// <param name="ignored">Attributes without effect on what is simulated.</param>
    /// <param name="neutral">
    /// Attributes not simulated, with the one value that is harmless: "gravcomp=0 mocap=false".
    /// </param>
    /// <param name="children">Elements it may contain.</param>
    public ElementRule(
        string read, string ignored = "", string neutral = "", string children = "")
    {
        Read = Split(read);
        Ignored = Split(ignored);
        Children = Split(children);
        Neutral = Split(neutral)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>Attributes that are read.</summary>
    public HashSet<string> Read { get; }

    /// <summary>Attributes without effect on what is simulated.</summary>
    public HashSet<string> Ignored { get; }

    /// <summary>Attributes not simulated, each with its harmless value.</summary>
    public Dictionary<string, string> Neutral { get; }

    /// <summary>Elements it may contain.</summary>
    public HashSet<string> Children { get; }

    private static HashSet<string> Split(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
