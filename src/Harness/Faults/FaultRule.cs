namespace HilRig.Harness.Faults;

/// <summary>One combination of layer, target and type that is built. The rest is refused.</summary>
/// <param name="Layer">Layer.</param>
/// <param name="Type">Type.</param>
/// <param name="Target">What the target names.</param>
/// <param name="Words">Targets, where they are words.</param>
/// <param name="Scope">Where it may be used.</param>
/// <param name="Meaning">What happens, one sentence.</param>
/// <param name="Parameters">Parameters; all are needed, but for alternatives.</param>
public sealed record FaultRule(
    FaultLayer Layer,
    FaultType Type,
    FaultTarget Target,
    IReadOnlyList<string> Words,
    FaultScope Scope,
    string Meaning,
    params IReadOnlyList<FaultParameter> Parameters)
{
    /// <summary>Whether it can end before the run does (<c>for:</c>).</summary>
    public bool CanEnd { get; init; } = true;

    /// <summary>Whether a target, as written, is one of this rule.</summary>
    /// <param name="target">The target.</param>
    public bool Fits(string target) => Target switch
    {
        FaultTarget.Word => Words.Contains(target),
        FaultTarget.Joint => target != FaultCatalogue.EveryJoint && !IsWord(target),
        FaultTarget.Joints => !IsWord(target),
    };

    /// <summary>The target as documentation shows it.</summary>
    public string TargetText => Target switch
    {
        FaultTarget.Word => string.Join(", ", Words),
        FaultTarget.Joint => "a joint",
        FaultTarget.Joints => "a joint, or `*`",
    };

    // A joint is known by its name only; words that the layer keeps for itself are none.
    private bool IsWord(string target) => FaultCatalogue.WordsOf(Layer).Contains(target);
}
