using System.Runtime.InteropServices;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Testing.Building;

namespace HilRig.Testing.Running;

/// <summary>Where the <c>hilrig</c> program may be.</summary>
internal static class ProgramSearch
{
    private const string Variable = "HILRIG_PROGRAM";
    private const string Command = "hilrig";

    /// <summary>
    /// The program that HILRIG_PROGRAM names, else the one of the nearest tool manifest, else the
    /// one
    /// on PATH.
    /// </summary>
    /// <param name="start">Folder from which tool manifests are looked for, upwards.</param>
    /// <exception cref="RigException">There is none.</exception>
    public static HilRigProgram Locate(string start)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? Start(named)
                : throw new RigException(
                    "There is no hilrig program", Variable, "an executable or a .dll", named);
        }

        if (ScenarioFiles.Upwards(start, ".config/dotnet-tools.json") is { } manifest
            && ToolOf(File.ReadAllText(manifest)) is { } tool)
        {
            return Start(InCache(tool.Id, tool.Version, PackageCache()) ?? throw new RigException(
                "The hilrig tool is not restored", manifest, $"{tool.Id} {tool.Version}",
                remedy: "dotnet tool restore"));
        }

        return Start(OnPath() ?? throw new RigException(
            "There is no hilrig program",
            expected: $"{Variable}, a tool manifest with hilrig, or hilrig on PATH",
            remedy: "dotnet tool install HilRig.Tool --create-manifest-if-needed"));
    }

    /// <summary>
    /// Package and version of the tool in a manifest that has the hilrig command.
    /// </summary>
    public static (string Id, string Version)? ToolOf(string manifest)
    {
        using JsonDocument document = JsonDocument.Parse(manifest);
        if (!document.RootElement.TryGetProperty("tools", out JsonElement tools))
        {
            return null;
        }

        foreach (JsonProperty tool in tools.EnumerateObject())
        {
            bool ours = tool.Value.GetProperty("commands").EnumerateArray()
                .Any(command => command.GetString() == Command);
            if (ours)
            {
                string version = tool.Value.GetProperty("version").GetString()!;
                return (tool.Name.ToLowerInvariant(), version);
            }
        }

        return null;
    }

    /// <summary>
    /// The tool's assembly in the package cache. It is started directly: an interrupt sent to
    /// <c>dotnet tool run</c> would not reach the tool behind it.
    /// </summary>
    public static string? InCache(string id, string version, string cache)
    {
        if (!Directory.Exists(cache))
        {
            return null;
        }

        // A tool with native parts is one package a platform: the id, or the id and the platform.
        string platform = RuntimeInformation.RuntimeIdentifier;
        string[] packages = [id, $"{id}.{platform}"];
        return packages
            .Select(package => Path.Combine(cache, package, version, "tools"))
            .Where(Directory.Exists)
            .SelectMany(tools =>
                Directory.EnumerateFiles(tools, Command + ".dll", SearchOption.AllDirectories))
            .FirstOrDefault();
    }

    private static HilRigProgram Start(string file) =>
        Path.GetExtension(file) == ".dll" ? new("dotnet", file) : new(file, null);

    private static string PackageCache() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } cache
            ? cache
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                ".nuget",
                "packages");

    private static string? OnPath()
    {
        string name = OperatingSystem.IsWindows() ? Command + ".exe" : Command;
        string folders = Environment.GetEnvironmentVariable("PATH") ?? "";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
