namespace HilRig.Tidy.Tests;

/// <summary>One place that breaks a rule of the house.</summary>
/// <param name="Path">File, relative to the root.</param>
/// <param name="Line">1-based line; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what is wanted.</param>
internal sealed record Violation(string Path, int Line, string Message)
{
    /// <summary>Fails the running test with every violation on its own line.</summary>
    public static void AssertNone(IEnumerable<Violation> violations)
    {
        Violation[] found = [.. violations];
        if (found.Length > 0)
        {
            Assert.Fail($"{found.Length} violation(s)\n{string.Join('\n', found.AsEnumerable())}");
        }
    }

    public override string ToString() =>
        Line > 0 ? $"{Path}:{Line}: {Message}" : $"{Path}: {Message}";
}
