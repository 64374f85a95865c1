using System.Diagnostics;
using System.Globalization;

namespace HilRig.Cli.Bench;

/// <summary>
/// Six servos behind an unpaced pseudo-terminal, in a C process of their own: whatever is written
/// to a servo is what it reads, and every sync write of goals is stamped as it arrives.
/// </summary>
internal sealed class ServoPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Process _process;

    /// <summary>Starts the servos.</summary>
    /// <param name="peer">The built program.</param>
    /// <param name="servoCount">Servos, with ids from 1.</param>
    public ServoPeer(NativePeer peer, int servoCount)
    {
        _process = peer.Start("servos", servoCount.ToString(CultureInfo.InvariantCulture));
        string? line = _process.StandardOutput.ReadLine();
        if (line?.Split(' ') is not [string port, string scheduling])
        {
            throw new MissingControl("serial-peer", line ?? "no pseudo-terminal", "mount devpts");
        }

        Port = port;
        Scheduling = scheduling;
    }

    /// <summary>Where a driver finds them.</summary>
    public string Port { get; }

    /// <summary>"fifo" or "ordinary": how its process is scheduled.</summary>
    public string Scheduling { get; }

    /// <summary>Ends the servos and reads what they stamped.</summary>
    /// <returns>When each sync write of goals arrived, ns, and the first servo's goal.</returns>
    public IReadOnlyList<(long Nanoseconds, int Goal)> End()
    {
        _process.StandardInput.Close();
        return [.. _process.StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Stamp)];
    }

    /// <summary>A line of stamps.</summary>
    /// <param name="line">"ns goal".</param>
    public static (long Nanoseconds, int Goal) Stamp(string line)
    {
        string[] parts = line.Split(' ');
        return (
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the servos.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
