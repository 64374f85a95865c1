using System.Reflection;

namespace HilRig.Rig.Processes;

/// <summary>Finds the program that child processes are started from.</summary>
internal static class BuiltProgram
{
    /// <summary>
    /// The running `hilrig` executable, or `dotnet hilrig.dll` when it runs as a dotnet tool; the
    /// variable HILRIG_PROGRAM names another (tests use it).
    /// </summary>
    /// <returns>The file to start, and the assembly to pass to it, if any.</returns>
    public static (string File, string? Assembly) Locate()
    {
        if (Environment.GetEnvironmentVariable("HILRIG_PROGRAM") is { Length: > 0 } named)
        {
            return (named, null);
        }

        string running = Environment.ProcessPath
            ?? throw new InvalidOperationException("The path of the running program is unknown.");
        string name = Path.GetFileNameWithoutExtension(running);
        if (name.Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return (running, Assembly.GetEntryAssembly()!.Location);
        }

        return (running, null);
    }
}
