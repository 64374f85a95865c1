using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>Every package has a reason, a licence we may ship with, and a notice.</summary>
public sealed partial class PackageTests
{
    private const string VersionsFile = "Directory.Packages.props";
    private const string NoticesFile = "THIRD-PARTY-NOTICES.md";

    /// <summary>Licences that go together with Apache-2.0, as the comments name them.</summary>
    private static readonly string[] Licences =
    [
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "NCSA", "MPL-2.0",
        "BSD-2-Clause and CC0", "LGPL-3.0 with linking exception",
    ];

    [Test]
    public void Every_package_has_a_reason_and_a_licence() =>
        Violation.AssertNone(CheckVersions(Repository.Read(VersionsFile)));

    [Test]
    public void A_room_uses_only_packages_whose_comment_names_it() =>
        Violation.AssertNone(Repository.Below("src", ".csproj")
            .SelectMany(path =>
                CheckUse(path, Resolved(Repository.Read(path)), Repository.Read(VersionsFile))));

    // The package of this platform; Directory.Build.props chooses it.
    private static string Resolved(string project) => project.Replace(
        "$(TorchPackage)", "libtorch-cpu-linux-x64", StringComparison.Ordinal);

    [Test]
    public void Every_package_that_restore_brings_has_a_notice()
    {
        string notices = Repository.Read(NoticesFile);
        Violation.AssertNone(
            Directory.GetFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
                .Where(IsShipped)
                .SelectMany(path => CheckNotices(File.ReadAllText(path), notices))
                .DistinctBy(violation => violation.Message));
    }

    [TestCase("<!-- What for. MIT. Core. -->", 0)]
    [TestCase("<!-- What for, e.g. this. MIT. Core. -->", 0)]
    [TestCase("", 1)]
    [TestCase("<!-- What for. Proprietary. Core. -->", 1)]
    [TestCase("<!-- MIT. -->", 1)]
    public void A_package_without_reason_or_licence_is_found(string comment, int expected)
    {
        string text = comment + "<PackageVersion Include=\"A\" Version=\"1\" />";
        Assert.That(CheckVersions(text).Count(), Is.EqualTo(expected));
    }

    [TestCase("Core", 0)]
    [TestCase("Sim", 1)]
    public void A_room_that_the_comment_does_not_name_is_found(string room, int expected)
    {
        const string versions =
            "<!-- What for. MIT. Core, Devices. --><PackageVersion Include=\"A\" Version=\"1\" />";
        const string project = "<PackageReference Include=\"A\" />";
        Assert.That(
            CheckUse($"src/{room}/HilRig.{room}.csproj", project, versions).Count(),
            Is.EqualTo(expected));
    }

    [Test]
    public void A_package_without_a_notice_is_found()
    {
        const string locked = """
            "Known": {
              "type": "Direct",
            },
            "Unknown": {
              "type": "Transitive",
            },
            "hilrig.core": {
              "type": "Project",
            }
            """;
        Assert.That(CheckNotices(locked, "| Known | MIT |").Count(), Is.EqualTo(1));
    }

    private static bool IsShipped(string path) =>
        Path.GetRelativePath(Repository.Root, path).Replace('\\', '/').StartsWith("src/");

    private static IEnumerable<Violation> CheckVersions(string text)
    {
        foreach (Match package in Package().Matches(text))
        {
            if (!Parts().IsMatch(package.Groups["comment"].Value))
            {
                yield return new(
                    VersionsFile, SourceText.LineAt(text, package.Index),
                    $"{package.Groups["id"].Value} needs a comment 'Reason. Licence. Who.', "
                    + $"the licence one of {string.Join(" | ", Licences)}");
            }
        }
    }

    private static IEnumerable<Violation> CheckUse(string path, string project, string versions)
    {
        string room = path.Split('/')[1];
        Dictionary<string, string> users = Package().Matches(versions).ToDictionary(
            package => package.Groups["id"].Value,
            package => Parts().Match(package.Groups["comment"].Value).Groups["who"].Value);
        foreach (Match reference in Reference().Matches(project))
        {
            string id = reference.Groups["id"].Value;
            string who = users.GetValueOrDefault(id, "");
            if (!who.Split(", ").Contains(room) && who != "All")
            {
                yield return new(path, 0, $"{id} is for [{who}] in {VersionsFile}, not for {room}");
            }
        }
    }

    private static IEnumerable<Violation> CheckNotices(string locked, string notices)
    {
        foreach (Match entry in Locked().Matches(locked))
        {
            string id = entry.Groups["id"].Value;
            if (!notices.Contains($"| {id} |") && !id.StartsWith("runtime."))
            {
                yield return new(NoticesFile, 0, $"{id} is missing");
            }
        }
    }

    [GeneratedRegex(
        @"(<!--(?<comment>((?!-->).)*)-->\s*)?<PackageVersion Include=""(?<id>[^""]+)""",
        RegexOptions.Singleline)]
    private static partial Regex Package();

    [GeneratedRegex(@"<PackageReference Include=""(?<id>[^""]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex(
        @"""(?<id>[A-Za-z0-9._-]+)"": \{\s*""type"": ""(Direct|Transitive|CentralTransitive)""")]
    private static partial Regex Locked();

    private static Regex Parts() => new(
        $@"^\s*\S.*\. ({string.Join("|", Licences.Select(Regex.Escape))})\. (?<who>[^.]+)\.\s*$",
        RegexOptions.Singleline);
}
