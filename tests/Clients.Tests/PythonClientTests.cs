using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HilRig.Clients.Tests;

/// <summary>
/// The tests of the Python package, each as a test here. One process runs them all against the
/// processes of one virtual rig.
/// </summary>
[Platform("Linux")]
[NonParallelizable]
public sealed partial class PythonClientTests
{
    private const string Folder = "clients/python/tests";

    private readonly Dictionary<string, JsonElement> _results = [];
    private string _errors = "";

    /// <summary>Found in the sources, so that a test that was not run is missed.</summary>
    private static IEnumerable<TestCaseData> Cases =>
        Directory.GetFiles(Repository.File(Folder), "test_*.py")
            .SelectMany(file => NamesIn(File.ReadAllText(file)))
            .Select(name => new TestCaseData(name).SetArgDisplayNames(name));

    [OneTimeSetUp]
    public void Run_them()
    {
        PeerProgram.RequirePython();
        using Process process = PeerProgram.Start(
            Repository.Root, PeerProgram.Python, Path.Combine(Folder, "run.py"));
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            JsonElement result = JsonDocument.Parse(line).RootElement;
            _results[result.GetProperty("test").GetString()!] = result;
        }

        process.WaitForExit();
        _errors = errors.Result;
        TestContext.Out.WriteLine(_errors);
    }

    [TestCaseSource(nameof(Cases))]
    public void Python(string test)
    {
        Assert.That(_results, Does.ContainKey(test), "it was not run\n" + _errors);
        JsonElement result = _results[test];
        if (result.GetProperty("skipped").GetString() is { } reason)
        {
            Requirement.Unmet("python", reason);
        }

        Assert.That(result.GetProperty("fault").GetString(), Is.Null);
    }

    [Test]
    public void Nothing_ran_that_is_not_listed() => Assert.That(
        _results.Keys, Is.SubsetOf(Cases.Select(test => test.Arguments[0]!)));

    private static IEnumerable<string> NamesIn(string source)
    {
        string kind = "";
        foreach (Match match in Declaration().Matches(source))
        {
            kind = match.Groups["kind"].Success ? match.Groups["kind"].Value : kind;
            if (match.Groups["test"].Success)
            {
                yield return $"{kind}.{match.Groups["test"].Value}";
            }
        }
    }

    [GeneratedRegex(
        @"^(class (?<kind>\w+)\(unittest\.TestCase\)|    def (?<test>test_\w+)\()",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
