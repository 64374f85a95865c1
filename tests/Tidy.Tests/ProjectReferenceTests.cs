using System.Xml.Linq;

namespace HilRig.Tidy.Tests;

/// <summary>The project graph is the architecture: who may know whom, and which packages.</summary>
public sealed class ProjectReferenceTests
{
    /// <summary>Room, the rooms it may reference, the packages it may reference.</summary>
    private static readonly Dictionary<string, (string[] Rooms, string[] Packages)> Allowed = new()
    {
        ["Core"] = ([], []),
        ["Tasks"] = (["Core"], []),
        ["Sim"] = (["Core"], ["ILGPU", "ILGPU.Algorithms"]),
        ["Devices"] = (["Core"], ["System.IO.Ports", "Polly"]),
        ["Bridge"] = (
            ["Core"],
            [
                "NetMQ", "System.ServiceModel.Primitives", "System.Security.Cryptography.Xml",
                "Google.Protobuf", "Grpc.Tools",
            ]),
        ["Recording"] = (
            ["Core"],
            [
                "Google.Protobuf", "Grpc.Tools", "K4os.Compression.LZ4.Streams", "ZstdSharp.Port",
                "System.IO.Hashing",
            ]),
        ["Harness"] = (
            ["Core", "Tasks", "Recording"],
            ["YamlDotNet", "HdrHistogram", "Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors"]),
        ["Rig"] = (["Core", "Tasks", "Sim", "Devices", "Bridge", "Recording", "Harness"], []),
        ["Learning"] = (
            ["Core", "Tasks", "Sim", "Bridge", "Recording"],
            [
                "TorchSharp", "$(TorchPackage)", "SharpZipLib", "SkiaSharp",
                "SkiaSharp.NativeAssets.Win32", "SkiaSharp.NativeAssets.macOS",
                "Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors", "System.CommandLine",
                "Spectre.Console",
            ]),
        ["NUnit"] = (["Core", "Harness"], ["NUnit"]),
        ["Cli"] = (
            ["Core", "Tasks", "Sim", "Devices", "Bridge", "Recording", "Harness", "Rig"],
            ["System.CommandLine", "Spectre.Console"]),
    };

    /// <summary>
    /// Packages that any test project may use besides those of tests/Directory.Build.props.
    /// </summary>
    private static readonly string[] TestPackages = ["CsCheck"];

    [Test]
    public void Rooms_know_only_whom_they_may_know() =>
        Violation.AssertNone(Repository.Below("src", ".csproj")
            .SelectMany(path => CheckRoom(path, Repository.Read(path))));

    [Test]
    public void A_test_project_references_its_own_room_only() =>
        Violation.AssertNone(Repository.Below("tests", ".csproj")
            .SelectMany(path => CheckTests(path, Repository.Read(path))));

    [Test]
    public void Every_room_of_the_table_exists() =>
        Assert.That(
            Allowed.Keys.Select(room => $"src/{room}/HilRig.{room}.csproj"),
            Is.SubsetOf(Repository.Below("src", ".csproj")));

    [TestCase("Sim", "<ProjectReference Include=\"../Devices/HilRig.Devices.csproj\" />")]
    [TestCase("Harness", "<PackageReference Include=\"NetMQ\" />")]
    [TestCase("Core", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />")]
    [TestCase("Core", "<Reference Include=\"HilRig.Sim\" />")]
    [TestCase("Sim", "<Protobuf Include=\"a.proto\" />")]
    [TestCase("Attic", "<ProjectReference Include=\"../Core/HilRig.Core.csproj\" />")]
    public void A_forbidden_reference_is_found(string room, string item)
    {
        string text = $"<Project><ItemGroup>{item}</ItemGroup></Project>";
        Assert.That(CheckRoom($"src/{room}/HilRig.{room}.csproj", text), Is.Not.Empty);
    }

    [Test]
    public void A_test_of_two_rooms_is_found()
    {
        const string text = """
            <Project>
              <ItemGroup><ProjectReference Include="../../src/Sim/HilRig.Sim.csproj" /></ItemGroup>
            </Project>
            """;
        Assert.That(CheckTests("tests/Devices.Tests/A.csproj", text), Is.Not.Empty);
    }

    private static IEnumerable<Violation> CheckRoom(string path, string text)
    {
        string room = path.Split('/')[1];
        if (!Allowed.TryGetValue(room, out (string[] Rooms, string[] Packages) allowed))
        {
            yield return new(path, 0, $"{room} has no row in the table of rooms; give it one");
            yield break;
        }

        XDocument project = XDocument.Parse(text);
        foreach (string other in Included(project, "ProjectReference").Select(RoomOf))
        {
            if (!allowed.Rooms.Contains(other))
            {
                yield return new(path, 0, $"{room} must not know {other}");
            }
        }

        foreach (string package in Included(project, "PackageReference"))
        {
            if (!allowed.Packages.Contains(package))
            {
                yield return new(path, 0, $"{room} must not use the package {package}");
            }
        }

        foreach (string name in Included(project, "FrameworkReference", "Reference"))
        {
            yield return new(path, 0, $"{room} must not reference {name}");
        }

        if (Included(project, "Protobuf").Any() && room is not ("Bridge" or "Recording"))
        {
            yield return new(path, 0, "only Bridge and Recording compile .proto files");
        }
    }

    private static IEnumerable<Violation> CheckTests(string path, string text)
    {
        string name = path.Split('/')[1];
        string? own = name switch
        {
            "Tidy.Tests" or "Clients.Tests" => null,
            "Scenarios.Tests" => "NUnit",
            _ => name[..^".Tests".Length],
        };
        XDocument project = XDocument.Parse(text);
        foreach (XElement reference in project.Descendants("ProjectReference"))
        {
            // A project that is only built first, not compiled against, is no knowledge.
            bool compiled = (string?)reference.Attribute("ReferenceOutputAssembly") != "false";
            string other = RoomOf((string)reference.Attribute("Include")!);
            if (compiled && other != own)
            {
                yield return new(path, 0, $"{name} tests {own ?? "files"}, not {other}");
            }
        }

        string[] roomPackages = own is null ? [] : Allowed[own].Packages;
        foreach (string package in Included(project, "PackageReference"))
        {
            if (!TestPackages.Contains(package) && !roomPackages.Contains(package))
            {
                yield return new(path, 0, $"{name} must not use the package {package}");
            }
        }
    }

    private static IEnumerable<string> Included(XDocument project, params string[] items) =>
        project.Descendants()
            .Where(element => items.Contains(element.Name.LocalName))
            .Select(element => (string?)element.Attribute("Include"))
            .OfType<string>();

    private static string RoomOf(string projectPath) =>
        Path.GetFileNameWithoutExtension(projectPath.Replace('\\', '/'))
            .Replace("HilRig.", "", StringComparison.Ordinal);
}
