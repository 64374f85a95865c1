namespace HilRig.Testing.Verdicts;

/// <summary>Something a scenario needs that is not on this machine.</summary>
/// <param name="Name">Its name in HILRIG_REQUIRE.</param>
/// <param name="Reason">What is missing and how to bring it.</param>
internal sealed record MissingInput(string Name, string Reason)
{
    /// <summary>A skip with its reason; a failure where the input is required.</summary>
    public static Judgement Judge(MissingInput missing, Requirements requirements) =>
        requirements.Names.Contains(missing.Name)
            ? new(Outcome.Fail, $"{missing.Reason} (HILRIG_REQUIRE has {missing.Name})")
            : new(Outcome.Skip, missing.Reason);
}
