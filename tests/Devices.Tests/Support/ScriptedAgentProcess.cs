using System.Diagnostics;
using System.Globalization;

namespace HilRig.Devices.Tests.Support;

/// <summary>
/// A real process that holds the port as an agent does and has written half a packet: a sync write
/// for four servos, cut off in its header.
/// </summary>
internal sealed class ScriptedAgentProcess : IDisposable
{
    private readonly Process _process;

    private ScriptedAgentProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ScriptedAgentProcess HoldingHalfWritten(string port)
    {
        string script = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            exec 3<>{{port}}; flock -n 3 || exit 9
            printf '\377\377\376\040\203\052' >&3; echo ready; exec sleep 120
            """);
        var process = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
        return new ScriptedAgentProcess(process);
    }

    /// <summary>A process that has nothing to do with the rig.</summary>
    public static ScriptedAgentProcess Idle() =>
        new(Process.Start(new ProcessStartInfo("sleep", "120"))!);

    /// <summary>kill -9; not reaped until this is disposed.</summary>
    public void Kill() => _process.Kill();

    public bool WaitForExit(int milliseconds) => _process.WaitForExit(milliseconds);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
