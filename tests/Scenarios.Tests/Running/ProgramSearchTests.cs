using HilRig.Core.Errors;
using HilRig.Scenarios.Tests.Fakes;
using HilRig.Testing.Running;

namespace HilRig.Scenarios.Tests.Running;

[NonParallelizable]
public sealed class ProgramSearchTests
{
    private const string Manifest = """
        {
          "version": 1, "isRoot": true,
          "tools": {
            "other": { "version": "9.9.9", "commands": ["other"] },
            "HilRig.Tool": { "version": "0.1.0", "commands": ["hilrig"] }
          }
        }
        """;

    private readonly Dictionary<string, string?> _before = [];
    private string _folder = "";

    [SetUp]
    public void Remember_the_environment()
    {
        _folder = Directory.CreateTempSubdirectory("hilrig-search-").FullName;
        foreach (string name in new[] { "HILRIG_PROGRAM", "PATH", "NUGET_PACKAGES" })
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
        }

        Environment.SetEnvironmentVariable("HILRIG_PROGRAM", null);
        Environment.SetEnvironmentVariable("PATH", _folder);
    }

    [TearDown]
    public void Restore_the_environment()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void The_variable_comes_first()
    {
        using FakeProgram program = FakeProgram.Of("exit 0");
        Environment.SetEnvironmentVariable("HILRIG_PROGRAM", program.Path);
        Assert.That(
            HilRigProgram.Locate(_folder), Is.EqualTo(new HilRigProgram(program.Path, null)));
    }

    [Test]
    public void A_variable_that_names_nothing_is_an_error_not_a_fallback()
    {
        Environment.SetEnvironmentVariable("HILRIG_PROGRAM", Path.Combine(_folder, "none"));
        Assert.That(
            () => HilRigProgram.Locate(_folder),
            Throws.InstanceOf<RigException>().With.Message.Contains("HILRIG_PROGRAM"));
    }

    [TestCase("hilrig.tool")]
    [TestCase("hilrig.tool.PLATFORM")]
    public void A_restored_tool_is_started_as_an_assembly(string package)
    {
        package = package.Replace(
            "PLATFORM", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier);
        Write(".config/dotnet-tools.json", Manifest);
        string tool = Write($"cache/{package}/0.1.0/tools/net10.0/any/hilrig.dll", "");
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", Path.Combine(_folder, "cache"));
        Directory.CreateDirectory(Path.Combine(_folder, "suite/bin"));
        Assert.That(
            HilRigProgram.Locate(Path.Combine(_folder, "suite/bin")),
            Is.EqualTo(new HilRigProgram("dotnet", tool)));
    }

    [Test]
    public void A_tool_that_is_not_restored_says_what_to_do()
    {
        Write(".config/dotnet-tools.json", Manifest);
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", Path.Combine(_folder, "cache"));
        Assert.That(
            () => HilRigProgram.Locate(_folder),
            Throws.InstanceOf<RigException>().With.Message.Contains("dotnet tool restore"));
    }

    [Test]
    public void A_manifest_without_hilrig_is_passed_over_for_the_path()
    {
        Write(".config/dotnet-tools.json", """{ "version": 1, "tools": {} }""");
        string name = OperatingSystem.IsWindows() ? "hilrig.exe" : "hilrig";
        string installed = Write(name, "");
        Assert.That(HilRigProgram.Locate(_folder), Is.EqualTo(new HilRigProgram(installed, null)));
    }

    [Test]
    public void Nothing_found_says_what_to_install() =>
        Assert.That(
            () => HilRigProgram.Locate(_folder),
            Throws.InstanceOf<RigException>().With.Message.Contains("dotnet tool install"));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
