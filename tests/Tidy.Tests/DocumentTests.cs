using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>Documents name only what exists, and every room is on the map.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Folders whose paths a document may name; each such path must exist.</summary>
    private const string Folders = "src|tests|docs|scenarios|rigs|models|bench|build|samples|\\.ci";

    private static readonly string[] Required =
    [
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
        "THIRD-PARTY-NOTICES.md", "docs/glossary.md", "docs/lifecycle.md", ".ci/run",
    ];

    /// <summary>The longest a document may be, in lines.</summary>
    private static readonly Dictionary<string, int> LinesMax =
        new() { ["ARCHITECTURE.md"] = 200, ["CONTRIBUTING.md"] = 100 };

    [TestCaseSource(nameof(Required))]
    public void A_document_of_the_house_exists(string path) =>
        Assert.That(Repository.Exists(path), path);

    [Test]
    public void Every_link_and_named_path_exists() =>
        Violation.AssertNone(Repository.Files.Where(path => path.EndsWith(".md"))
            .SelectMany(path => CheckPaths(path, Repository.Read(path))));

    [Test]
    public void Every_project_is_on_the_map()
    {
        string map = Repository.Read("ARCHITECTURE.md");
        Violation.AssertNone(
            Repository.Below("src", ".csproj").SelectMany(path => CheckMap(path, map)));
    }

    [Test]
    public void Documents_stay_short() =>
        Violation.AssertNone(LinesMax.Keys.Where(Repository.Exists)
            .SelectMany(path => CheckLength(path, Repository.Read(path), LinesMax[path])));

    [Test]
    public void A_folder_of_more_than_five_files_is_a_room_with_a_readme() =>
        Violation.AssertNone(Repository.Below("src", ".csproj")
            .Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/'))
            .SelectMany(room => CheckReadme(room, Repository.Below(room, ".cs").Count())));

    [TestCase("[a](docs/none.md)", 1)]
    [TestCase("[a](docs/glossary.md)", 0)]
    [TestCase("[a](docs/glossary.md#tick)", 0)]
    [TestCase("[a](https://example.org/none)", 0)]
    [TestCase("[a](#here)", 0)]
    [TestCase("see `src/None/A.cs`", 1)]
    [TestCase("see `src/Core`", 0)]
    [TestCase("see `src/<Room>` and `tests/*.Tests`", 0)]
    [TestCase("run `./hilrig run scenarios/none.yaml --json`", 1)]
    public void A_path_to_nowhere_is_found(string text, int expected) =>
        Assert.That(CheckPaths("README.md", text).Count(), Is.EqualTo(expected));

    [Test]
    public void A_code_block_that_names_nowhere_is_found() =>
        Assert.That(
            CheckPaths("README.md", "```sh\n./hilrig run scenarios/none.yaml\n```\n"),
            Is.Not.Empty);

    [Test]
    public void A_link_is_relative_to_its_document() =>
        Assert.That(CheckPaths("docs/lifecycle.md", "[a](glossary.md)"), Is.Empty);

    [Test]
    public void A_project_off_the_map_is_found() =>
        Assert.That(CheckMap("src/Attic/HilRig.Attic.csproj", "`src/Core`"), Is.Not.Empty);

    [Test]
    public void A_long_document_is_found() =>
        Assert.That(CheckLength("a.md", "a\nb\nc\n", 2), Is.Not.Empty);

    [Test]
    public void A_room_without_readme_is_found() =>
        Assert.That(CheckReadme("src/Attic", 6), Is.Not.Empty);

    private static IEnumerable<Violation> CheckPaths(string path, string text)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (Match link in Link().Matches(text))
        {
            string target = link.Groups["target"].Value.Split('#')[0];
            if (target.Length > 0 && !target.Contains(':')
                && !Repository.Exists(Path.Combine(folder, target)))
            {
                int line = SourceText.LineAt(text, link.Index);
                yield return new(path, line, $"no such file: {target}");
            }
        }

        // The changelog names what once was.
        if (path == "CHANGELOG.md")
        {
            yield break;
        }

        foreach (Match named in Code().Matches(text)
            .SelectMany(code => NamedPath().Matches(code.Value)))
        {
            string target = named.Value.TrimEnd('.', ',', '/');
            if (!Placeholder().IsMatch(target) && !Repository.Exists(target)
                && !Repository.Exists(Path.Combine(folder, target)))
            {
                yield return new(path, 0, $"no such path: {target}");
            }
        }
    }

    private static IEnumerable<Violation> CheckMap(string project, string map)
    {
        string room = Path.GetDirectoryName(project)!.Replace('\\', '/');
        if (!map.Contains(room))
        {
            yield return new("ARCHITECTURE.md", 0, $"{room} is not on the map");
        }
    }

    private static IEnumerable<Violation> CheckLength(string path, string text, int max)
    {
        int lines = text.Count(letter => letter == '\n');
        if (lines > max)
        {
            yield return new(path, 0, $"{lines} lines, at most {max}");
        }
    }

    private static IEnumerable<Violation> CheckReadme(string room, int files)
    {
        string readme = room + "/README.md";
        if (files > 5 && !Repository.Exists(readme))
        {
            yield return new(readme, 0, $"a room of {files} files needs a README");
        }
        else if (files > 5 && Repository.ReadLines(readme).Length > 21)
        {
            yield return new(readme, 0, "a room's README has at most 20 lines");
        }
    }

    [GeneratedRegex(@"(?<!`)\[[^\]\n]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("[*<>{}…$]")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"```.*?```|`[^`\n]+`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w/.<-])(" + Folders + @")/[^\s`""'()\[\],;:|]+")]
    private static partial Regex NamedPath();
}
