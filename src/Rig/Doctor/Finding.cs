namespace HilRig.Rig.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Id">Stable name for programs, such as "governor".</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Figure">What was found, with its unit.</param>
/// <param name="Why">Why it matters, one sentence.</param>
/// <param name="Fix">The command to run or the file to change; null when nothing is to do.</param>
public sealed record Finding(
    string Id, Severity Severity, string Figure, string Why, string? Fix = null)
{
    /// <summary>
    /// Order among findings of one severity: what gains most has the lowest number.
    /// </summary>
    public int Rank { get; init; } = 50;

    /// <summary>Findings, most useful first.</summary>
    /// <param name="findings">In any order.</param>
    public static IReadOnlyList<Finding> Sort(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Rank)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal),
    ];
}
