using System.Diagnostics;
using HilRig.Core.Errors;

namespace HilRig.Cli.Bench;

/// <summary>
/// Starts this program again as the bridge bench's other process; ends it on dispose.
/// </summary>
internal sealed class BridgeEchoProcess : IDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    private BridgeEchoProcess(Process process, string endpoint, int rawPort)
    {
        _process = process;
        Endpoint = endpoint;
        RawPort = rawPort;
    }

    /// <summary>Where its agent listens.</summary>
    public string Endpoint { get; }

    /// <summary>Port of its raw socket.</summary>
    public int RawPort { get; }

    /// <summary>Starts it and reads its addresses.</summary>
    /// <exception cref="DeviceException">It does not start.</exception>
    /// <param name="priority">SCHED_FIFO priority of its threads; 0: ordinary.</param>
    public static BridgeEchoProcess Start(int priority)
    {
        string program = Environment.ProcessPath ?? "hilrig";
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(BridgeEchoProcess).Assembly.Location]
            : [];
        string[] role =
        [
            "bench", "bridge", "--echo", "--process-priority",
            priority.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(program, [.. self, .. role])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string[]? parts = process.StandardOutput.ReadLine()?.Split(' ');
        if (parts is [string endpoint, string port] && int.TryParse(port, out int rawPort))
        {
            return new BridgeEchoProcess(process, endpoint, rawPort);
        }

        process.Kill();
        process.Dispose();
        throw new DeviceException(
            "the bench's other process did not start",
            program,
            "an endpoint and a port on its first line",
            parts is null ? "nothing" : string.Join(' ', parts),
            "run `hilrig bench bridge --echo` by hand and read its error");
    }

    /// <summary>Closes its standard input, which ends it; kills it when that does not.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(EndTimeout))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
