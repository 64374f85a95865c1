using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>Files are where they belong, and name no machine.</summary>
public sealed partial class PlaceTests
{
    [Test]
    public void Only_Bridge_and_Recording_hold_proto_files() =>
        Violation.AssertNone(Repository.Files.SelectMany(CheckProto));

    [Test]
    public void Each_proto_file_is_compiled_in_one_project_only() =>
        Assert.That(
            Repository.Files.Where(path => path.EndsWith(".proto")).Select(Path.GetFileName),
            Is.Unique);

    [Test]
    public void No_file_names_a_folder_of_one_machine() =>
        Violation.AssertNone(Repository.Files
            .SelectMany(path => CheckMachine(path, Repository.Read(path))));

    [TestCase("src/Harness/a.proto", 1)]
    [TestCase("src/Bridge/Protos/hilrig/v1/a.proto", 0)]
    [TestCase("src/Recording/Protos/a.proto", 0)]
    public void A_misplaced_proto_file_is_found(string path, int expected) =>
        Assert.That(CheckProto(path).Count(), Is.EqualTo(expected));

    [TestCase("HOME", 1)]
    [TestCase("ROOT", 1)]
    [TestCase("USERS", 1)]
    [TestCase("a/path/of/ours", 0)]
    [TestCase("/tmp/hilrig", 0)]
    [TestCase("https://example.org/home/a", 0)]
    public void A_machine_path_is_found(string text, int expected)
    {
        string path = text switch
        {
            "HOME" => "cd /" + "home/somebody/x",
            "ROOT" => "\"/" + "root/.cache\"",
            "USERS" => "C:" + "\\Users\\somebody",
            _ => text,
        };
        Assert.That(CheckMachine("a.md", path).Count(), Is.EqualTo(expected));
    }

    private static IEnumerable<Violation> CheckProto(string path)
    {
        bool allowed = path.StartsWith("src/Bridge/") || path.StartsWith("src/Recording/");
        if (path.EndsWith(".proto") && !allowed)
        {
            yield return new(path, 0, "only Bridge and Recording know Protobuf");
        }
    }

    private static IEnumerable<Violation> CheckMachine(string path, string text)
    {
        string[] lines = SourceText.Lines(text);
        for (int i = 0; i < lines.Length; i++)
        {
            if (MachinePath().IsMatch(lines[i]))
            {
                yield return new(path, i + 1, "a path of one machine: make it an option");
            }
        }
    }

    [GeneratedRegex(@"(?<![\w.>})-])/(home|root|work|Users)/|\b[A-Za-z]:\\+Users\\")]
    private static partial Regex MachinePath();
}
