using System.Diagnostics;
using System.Runtime.InteropServices;
using HilRig.Core.Errors;

namespace HilRig.Cli.Learning;

/// <summary>Finds and runs `hilrig-learn`, a program of its own for its half gigabyte of torch.
/// </summary>
internal static class LearnProgram
{
    /// <summary>Names the program where it is not found by itself.</summary>
    public const string Variable = "HILRIG_LEARN_PROGRAM";

    private const int Terminate = 15;

    /// <summary>
    /// The file that <see cref="Variable"/> names, one beside this program, or that of the same
    /// build of a clone of the sources.
    /// </summary>
    /// <exception cref="ScenarioException">There is none.</exception>
    public static string Locate()
    {
        string[] places = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? [named]
            : [.. Places(AppContext.BaseDirectory)];
        return Array.Find(places, File.Exists)
            ?? throw new ScenarioException(
                "The learning program is not here",
                string.Join(" and ", places),
                "hilrig-learn",
                remedy: "run ./hilrig in a clone of the sources, which builds it, or build it by "
                    + "`dotnet build src/Learning -c Release`; elsewhere let " + Variable
                    + " name it");
    }

    /// <summary>Runs it with this program's input and outputs.</summary>
    /// <param name="arguments">What follows `hilrig learn`.</param>
    /// <returns>Its exit code; 128 and the signal when one ended it.</returns>
    public static int Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Locate(), arguments) { UseShellExecute = false };
        using Process process = Process.Start(start)
            ?? throw new ScenarioException("The learning program did not start", start.FileName);

        // A terminal sends Ctrl-C to both; the child ends, and this process tells its code.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, context => context.Cancel = true);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                Bench.ProcessSignal.Send(process.Id, Terminate);
            });
        process.WaitForExit();
        return process.ExitCode;
    }

    private static IEnumerable<string> Places(string folder)
    {
        string name = OperatingSystem.IsWindows() ? "hilrig-learn.exe" : "hilrig-learn";
        yield return Path.Combine(folder, name);

        // artifacts/bin/HilRig.Cli/release/ beside artifacts/bin/HilRig.Learning/release/.
        string own = Path.TrimEndingDirectorySeparator(folder);
        string? room = Path.GetDirectoryName(Path.GetDirectoryName(own));
        if (room is not null)
        {
            string build = Path.GetFileName(own).Split('_')[0];
            yield return Path.Combine(room, "HilRig.Learning", build, name);
        }
    }
}
