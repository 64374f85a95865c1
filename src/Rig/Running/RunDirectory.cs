using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Rig.Running;

/// <summary>The folder one run leaves behind.</summary>
public sealed class RunDirectory
{
    private RunDirectory(string path) => FullPath = path;

    /// <summary>Its absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Makes a new folder, named by time and scenario; never one that exists.</summary>
    /// <param name="parent">Folder to make it in; made as well when absent.</param>
    /// <param name="scenarioName">The scenario's name.</param>
    /// <param name="startedUtc">When the run began.</param>
    /// <exception cref="DeviceException">The folder cannot be written.</exception>
    public static RunDirectory Create(string parent, string scenarioName, DateTimeOffset startedUtc)
    {
        string stamp = startedUtc.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string wanted = Path.Combine(Path.GetFullPath(parent), $"{stamp}-{scenarioName}");
        try
        {
            for (int n = 1; ; n++)
            {
                string path = n == 1 ? wanted : $"{wanted}-{n}";
                if (!Directory.Exists(path))
                {
                    Directory.CreateDirectory(path);
                    return new RunDirectory(path);
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "The folder for the run's results cannot be made",
                wanted,
                found: cause.Message.TrimEnd('.'),
                remedy: "name another folder with --out",
                inner: cause);
        }
    }

    /// <summary>Path of a file in it.</summary>
    /// <param name="name">File name.</param>
    public string File(string name) => Path.Combine(FullPath, name);
}
