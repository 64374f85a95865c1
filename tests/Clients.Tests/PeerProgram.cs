using System.Diagnostics;

namespace HilRig.Clients.Tests;

/// <summary>Starts programs of other languages with the surroundings they need.</summary>
internal static class PeerProgram
{
    // Debian's: another Python on the PATH has not the packages.
    private const string DebianPython = "/usr/bin/python3";

    public static string Python { get; } = File.Exists(DebianPython) ? DebianPython : "python3";

    /// <summary>Ends the test where Python or a package that the client needs is missing.</summary>
    public static void RequirePython()
    {
        (int code, string output) = Run(
            Repository.Root, Python, "-c", "import zmq, numpy, google.protobuf");
        if (code != 0)
        {
            Requirement.Unmet(
                "python", "The Python client needs pyzmq, protobuf and NumPy: " + output.Trim());
        }

        RequireTool("python", "protoc");
    }

    /// <summary>Ends the test where a tool is missing.</summary>
    /// <param name="name">What HILRIG_REQUIRE calls it.</param>
    /// <param name="tool">A program that knows --version.</param>
    public static void RequireTool(string name, string tool)
    {
        if (Run(Repository.Root, tool, "--version").ExitCode != 0)
        {
            Requirement.Unmet(name, $"The program {tool} is not there.");
        }
    }

    /// <summary>Starts a program; its output is read by the caller.</summary>
    public static Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = Repository.File("clients/python");
        start.Environment["HILRIG_PROGRAM"] =
            Repository.File("artifacts/bin/HilRig.Cli/release/hilrig");
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code (127: it is not there), and all it printed.</returns>
    public static (int ExitCode, string Output) Run(
        string folder, string program, params string[] arguments)
    {
        try
        {
            using Process process = Start(folder, program, arguments);
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (127, missing.Message);
        }
    }
}
