namespace HilRig.Testing.Verdicts;

/// <summary>What a test ends with.</summary>
internal enum Outcome
{
    /// <summary>The scenario passed.</summary>
    Pass,

    /// <summary>
    /// The product failed, or the run says nothing where it had to say something.
    /// </summary>
    Fail,

    /// <summary>The scenario could not run here; the reason says why.</summary>
    Skip,

    /// <summary>The scenario ran and supports no judgement.</summary>
    Inconclusive,
}
