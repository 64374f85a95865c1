namespace HilRig.Sim.Models;

/// <summary>Something the loader accepted but does not simulate.</summary>
/// <param name="Where">File and line of the first occurrence.</param>
/// <param name="Text">What it is and what it means.</param>
public sealed record ModelNotice(string Where, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Text}";
}
