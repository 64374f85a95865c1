using System.Diagnostics;

namespace HilRig.Learning.Tests.Training;

/// <summary>The built `hilrig-learn` as a process of its own.</summary>
internal static class LearnProcess
{
    // The program of the same build; its copy beside the tests lacks the list of native libraries.
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory,
        "../../HilRig.Learning",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        OperatingSystem.IsWindows() ? "hilrig-learn.exe" : "hilrig-learn");

    /// <summary>Starts it.</summary>
    public static Process Start(params string[] arguments) => Start(Program, arguments);

    /// <summary>Runs another program to its end.</summary>
    /// <returns>Exit code and standard error.</returns>
    public static (int Code, string Error) RunOther(string file, params string[] arguments)
    {
        using Process process = Start(file, arguments);
        return End(process);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code and standard error.</returns>
    public static (int Code, string Error) Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        return End(process);
    }

    private static Process Start(string file, string[] arguments) => Process.Start(
        new ProcessStartInfo(file, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;

    private static (int Code, string Error) End(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.GetAwaiter().GetResult();
        return (process.ExitCode, error);
    }
}
