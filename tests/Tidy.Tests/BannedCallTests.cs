using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>
/// What no file may call, wherever it is: wall clocks, unseeded chance, sleeping tests.
/// </summary>
public sealed partial class BannedCallTests
{
    [Test]
    public void Nobody_reads_the_local_time_or_draws_unseeded_numbers() =>
        Violation.AssertNone(Repository.CSharpFiles
            .SelectMany(path => Check(path, Repository.Read(path))));

    [TestCase("src/Core/A.cs", "a = DateTime.Now;")]
    [TestCase("src/Core/A.cs", "a = System.DateTimeOffset.Now;")]
    [TestCase("src/Core/A.cs", "a = DateTime.Today;")]
    [TestCase("src/Core/A.cs", "a = new Random();")]
    [TestCase("src/Core/A.cs", "a = Random.Shared;")]
    [TestCase("src/Core/A.cs", "Random a = new();")]
    [TestCase("tests/Core.Tests/A.cs", "Thread.Sleep(1);")]
    [TestCase("tests/Core.Tests/A.cs", "await Task.Delay(1);")]
    public void A_banned_call_is_found(string path, string line) =>
        Assert.That(Check(path, line), Is.Not.Empty);

    [TestCase("src/Core/A.cs", "a = DateTimeOffset.UtcNow;")]
    [TestCase("src/Core/A.cs", "a = new Random(7);")]
    [TestCase("src/Core/A.cs", "Thread.Sleep(1);")]
    [TestCase("tests/Core.Tests/A.cs", "a = \"Thread.Sleep(1)\";")]
    [TestCase("tests/Core.Tests/A.cs", "// No Thread.Sleep here.")]
    public void An_allowed_line_passes(string path, string line) =>
        Assert.That(Check(path, line), Is.Empty);

    private static IEnumerable<Violation> Check(string path, string text)
    {
        bool test = path.StartsWith("tests/");
        string[] lines = SourceText.Lines(SourceText.Blank(text));
        for (int i = 0; i < lines.Length; i++)
        {
            if (LocalTime().IsMatch(lines[i]))
            {
                yield return new(path, i + 1, "local time: use the rig clock or UtcNow");
            }

            if (Chance().IsMatch(lines[i]))
            {
                yield return new(path, i + 1, "unseeded Random: every run must repeat");
            }

            if (test && Sleep().IsMatch(lines[i]))
            {
                yield return new(path, i + 1, "a test does not sleep: use a fake clock");
            }
        }
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\s*\.\s*Now\b|\bDateTime\s*\.\s*Today\b")]
    private static partial Regex LocalTime();

    [GeneratedRegex(
        @"\bnew\s+Random\s*\(\s*\)|\bRandom\s*\.\s*Shared\b|\bRandom\s+\w+\s*=\s*new\(\s*\)")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b|\bTask\s*\.\s*Delay\b")]
    private static partial Regex Sleep();
}
