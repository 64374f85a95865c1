using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>Nothing is left lying about: regions, dead code, reminders without an issue.</summary>
public sealed partial class LeftoverTests
{
    private static readonly string[] CodeExtensions =
    [
        ".cs", ".proto", ".mjs", ".js", ".py", ".sh", ".yaml", ".csproj", ".props", ".json", ".md",
    ];

    [Test]
    public void No_file_has_a_region() =>
        Violation.AssertNone(Repository.CSharpFiles
            .SelectMany(path => CheckRegions(path, Repository.Read(path))));

    [Test]
    public void No_code_is_commented_out() =>
        Violation.AssertNone(Repository.CSharpFiles
            .SelectMany(path => CheckDeadCode(path, Repository.Read(path))));

    [Test]
    public void A_reminder_names_its_issue() =>
        Violation.AssertNone(Repository.Files
            .Where(path => CodeExtensions.Contains(Path.GetExtension(path)))
            .SelectMany(path => CheckReminders(path, Repository.Read(path))));

    [Test]
    public void A_region_is_found() =>
        Assert.That(CheckRegions("a.cs", "  #" + "region Fields\n"), Is.Not.Empty);

    [TestCase("// velocity = position / step;")]
    [TestCase("// Write(position);")]
    [TestCase("// if (position > limit)")]
    [TestCase("// if (position > limit) {")]
    [TestCase("// return position;")]
    [TestCase("// }")]
    [TestCase("a = b; // c = d;")]
    [TestCase("/* a = b; */")]
    public void Commented_out_code_is_found(string line) =>
        Assert.That(CheckDeadCode("a.cs", line), Is.Not.Empty);

    [TestCase("// The servo answers late (see the manual); so the loop waits.")]
    [TestCase("// q = joint position, τ = torque.")]
    [TestCase("// M(q)·a + c(q, v) = τ")]
    [TestCase("// If the port is gone, the loop ends;")]
    [TestCase("/// <summary>Sets a = b;</summary>")]
    [TestCase("string address = \"http://example.org/a=b;\";")]
    public void Prose_is_not_code(string line) =>
        Assert.That(CheckDeadCode("a.cs", line), Is.Empty);

    [Test]
    public void A_bare_reminder_is_found()
    {
        const string word = "TO" + "DO";
        Assert.That(CheckReminders("a.cs", $"// {word}: later"), Is.Not.Empty);
        Assert.That(CheckReminders("a.cs", "// FIX" + "ME"), Is.Not.Empty);
        Assert.That(CheckReminders("a.cs", $"// {word} #12: later"), Is.Empty);
    }

    private static IEnumerable<Violation> CheckRegions(string path, string text) =>
        Match(path, SourceText.Lines(text), Region(), "a region hides code: split the type");

    private static IEnumerable<Violation> CheckReminders(string path, string text) =>
        Match(path, SourceText.Lines(text), Reminder(), "a reminder needs an issue number (#12)");

    private static IEnumerable<Violation> CheckDeadCode(string path, string text)
    {
        foreach ((int start, string comment) in SourceText.Comments(text))
        {
            string[] lines = SourceText.Lines(comment);
            for (int i = 0; i < lines.Length && !comment.StartsWith("///"); i++)
            {
                if (Code().IsMatch(lines[i].Trim(' ', '/', '*')))
                {
                    int line = SourceText.LineAt(text, start) + i;
                    yield return new(path, line, "commented-out code: git remembers it, delete it");
                }
            }
        }
    }

    private static IEnumerable<Violation> Match(
        string path, string[] lines, Regex pattern, string message)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (pattern.IsMatch(lines[i]))
            {
                yield return new(path, i + 1, message);
            }
        }
    }

    [GeneratedRegex(@"^\s*#\s*(end)?region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E)\b(?!\s*\(?#\d)")]
    private static partial Regex Reminder();

    [GeneratedRegex(
        @"^[{}]+;?$|^[\w.\[\]]+ [-+*/|&]?= .*;$|^[\w.]+\(.*\);$"
        + @"|^(return|throw|break|continue)\b.*;$"
        + @"|^(if|for|foreach|while|switch|lock|using) \(.*\)( \{)?$"
        + @"|^(var|public|private|internal|protected|await)\b.*[;{]$")]
    private static partial Regex Code();
}
