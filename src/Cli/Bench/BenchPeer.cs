using System.Diagnostics;
using HilRig.Core.Errors;

namespace HilRig.Cli.Bench;

/// <summary>
/// Another process of a bench: says on its first line where it is, answers lines with lines, and
/// ends when its standard input closes.
/// </summary>
internal sealed class BenchPeer : IDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    private BenchPeer(Process process, string firstLine)
    {
        _process = process;
        FirstLine = firstLine;
    }

    /// <summary>What it said first.</summary>
    public string FirstLine { get; }

    /// <summary>Its process id.</summary>
    public int Pid => _process.Id;

    /// <summary>Starts this program again in a role of a bench.</summary>
    /// <param name="arguments">The role.</param>
    /// <exception cref="DeviceException">It does not start.</exception>
    public static BenchPeer StartSelf(params string[] arguments)
    {
        string program = Environment.ProcessPath ?? "hilrig";
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(BenchPeer).Assembly.Location]
            : [];
        return Start(program, [.. self, .. arguments], isAwaited: true);
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="isAwaited">Whether it says a first line.</param>
    /// <exception cref="DeviceException">It does not start.</exception>
    public static BenchPeer Start(string program, string[] arguments, bool isAwaited)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        Process process = Process.Start(start)!;
        string? line = isAwaited ? process.StandardOutput.ReadLine() : "";
        if (line is not null)
        {
            return new BenchPeer(process, line);
        }

        process.Kill();
        process.Dispose();
        throw new DeviceException(
            "a process of the bench did not start",
            program,
            "a first line",
            "nothing",
            "run it by hand: " + string.Join(' ', arguments.Prepend(program)));
    }

    /// <summary>Asks with a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The line it answers with.</returns>
    /// <exception cref="DeviceException">It has ended.</exception>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new DeviceException(
            "a process of the bench ended", _process.StartInfo.FileName, "an answer", "its end");
    }

    /// <summary>Closes its standard input, which ends it; kills it when that does not.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It was killed.
        }

        if (!_process.WaitForExit(EndTimeout))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
