using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace HilRig.Cli.Bench;

/// <summary>
/// A peer or control of a bench, written in C: its source travels inside this program and is built
/// with the machine's own compiler into a temporary folder.
/// </summary>
internal sealed class NativePeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;

    private NativePeer(string folder, string program)
    {
        _folder = folder;
        Program = program;
    }

    /// <summary>Path of the built program.</summary>
    public string Program { get; }

    /// <summary>Builds one.</summary>
    /// <param name="source">Name of the embedded source, such as "serial-peer.c".</param>
    /// <param name="options">What the compiler needs beside it, such as "-lmujoco".</param>
    /// <exception cref="MissingControl">There is no compiler, or it refuses.</exception>
    public static NativePeer Build(string source, params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-bench-").FullName;
        string program = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        var peer = new NativePeer(folder, program);
        try
        {
            string file = Path.Combine(folder, source);
            using (Stream text = Assembly.GetExecutingAssembly()
                .GetManifestResourceStream(source)!)
            using (FileStream copy = File.Create(file))
            {
                text.CopyTo(copy);
            }

            Run("cc", ["-O2", "-o", program, file, .. options]);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The lines it printed.</returns>
    /// <exception cref="MissingControl">It does not end well.</exception>
    public string[] Run(params string[] arguments) => Run(Program, arguments);

    /// <summary>Starts the program; its standard input and output are ours.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Removes what was built.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                throw Failed(program, $"no end after {Patience.TotalSeconds:F0} s");
            }

            return process.ExitCode == 0
                ? output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                : throw Failed(program, errors.Result.Trim());
        }
        catch (Win32Exception error)
        {
            throw Failed(program, error.Message);
        }
    }

    private static MissingControl Failed(string program, string found) => new(
        program, found, "install a C compiler (Debian: apt install gcc libc6-dev)");
}
