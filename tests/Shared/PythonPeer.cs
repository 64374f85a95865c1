using System.Diagnostics;

namespace HilRig.Tests;

/// <summary>Runs Python scripts that compute something independently.</summary>
internal static class PythonPeer
{
    // Debian's: another Python on the PATH has not the packages.
    private const string DebianPython = "/usr/bin/python3";

    private static readonly string Program =
        File.Exists(DebianPython) ? DebianPython : "python3";

    /// <summary>Runs a script; ends the test where Python or a module is missing.</summary>
    /// <param name="module">What the script imports, such as "torch".</param>
    /// <param name="script">Path of the script.</param>
    /// <param name="input">Its standard input.</param>
    /// <returns>Its standard output.</returns>
    public static string Run(string module, string script, string input)
    {
        (int code, string output, string error) = Start(
            ["-c", $"import importlib.util as u; assert u.find_spec('{module}')"], "");
        if (code != 0)
        {
            Requirement.Unmet("python", $"Python with {module} is needed: {error.Trim()}");
        }

        (code, output, error) = Start([script], input);
        Assert.That(code, Is.Zero, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Start(
        string[] arguments, string input)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.Result, error.Result);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (127, "", missing.Message);
        }
    }
}
