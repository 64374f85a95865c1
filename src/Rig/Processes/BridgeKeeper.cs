using System.Globalization;
using HilRig.Core.Errors;

namespace HilRig.Rig.Processes;

/// <summary>
/// `hilrig bridge --keep`: starts the bridge as a child and starts it again when it ends, each time
/// later, and says so.
/// </summary>
public static class BridgeKeeper
{
    private const double FirstPauseSeconds = 0.2;
    private const double LongestPauseSeconds = 30;
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    /// <summary>Keeps a bridge alive until told to stop.</summary>
    /// <param name="agent">The agent's address, or its rig file.</param>
    /// <param name="port">Port of control; 0: a free pair, the same after each restart.</param>
    /// <param name="gate">How other machines get in; null: they do not.</param>
    /// <param name="say">Takes one line for people at a time.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>0.</returns>
    /// <exception cref="RigException">The first start fails.</exception>
    public static int Run(
        string agent,
        int port,
        GateSettings? gate,
        Action<string> say,
        CancellationToken stop)
    {
        double pause = FirstPauseSeconds;
        bool hasStarted = false;
        while (!stop.IsCancellationRequested)
        {
            long began = TimeProvider.System.GetTimestamp();
            try
            {
                using ChildProcess child = Start(agent, port, gate);
                port = new Uri(child.Ready.Endpoint!).Port;
                hasStarted = true;
                say($"{child.Ready.Endpoint} {child.Ready.Gate} (process {child.Pid})");
                using var either = CancellationTokenSource.CreateLinkedTokenSource(
                    child.Ended, stop);
                either.Token.WaitHandle.WaitOne();
                child.AskToEnd();
                int? exit = child.AwaitEnd(EndTimeout);
                if (stop.IsCancellationRequested)
                {
                    return 0;
                }

                say($"the bridge ended with {exit}");
            }
            catch (RigException error) when (hasStarted)
            {
                say(error.Message);
            }

            bool wasSteady = TimeProvider.System.GetElapsedTime(began) > Steady;
            pause = wasSteady ? FirstPauseSeconds : pause;
            say(string.Create(CultureInfo.InvariantCulture, $"starting it again in {pause:0.#} s"));
            stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(pause));
            pause = Math.Min(LongestPauseSeconds, pause * 2);
        }

        return 0;
    }

    private static ChildProcess Start(
        string agent, int port, GateSettings? gate) => ChildProcess.Start(
        "bridge",
        [
            agent, "--port", port.ToString(CultureInfo.InvariantCulture), "--supervised",
            .. gate?.Arguments ?? [],
        ],
        ChildEnvironment.Bridge,
        new StreamWriter(Console.OpenStandardError()) { AutoFlush = true },
        ReadyTimeout);
}
