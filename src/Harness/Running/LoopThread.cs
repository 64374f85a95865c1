using System.Runtime.ExceptionServices;
using HilRig.Core.RealTime;

namespace HilRig.Harness.Running;

/// <summary>
/// Gives a control loop a thread of its own, with the real time the machine grants.
/// </summary>
internal static class LoopThread
{
    private const int StackBytes = 1024 * 1024;

    /// <summary>Runs <paramref name="body"/> to its end and passes on what it throws.</summary>
    /// <param name="realTime">What to ask of the machine; null for nothing.</param>
    /// <param name="body">Set-up, loop and stop.</param>
    /// <returns>The body's outcome, with what the machine granted.</returns>
    internal static LoopOutcome Run(RealTimeOptions? realTime, Func<LoopOutcome> body)
    {
        LoopOutcome? outcome = null;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    using RealTimeKit? kit = realTime is null ? null : RealTimeKit.Enter(realTime);
                    outcome = body();
                    if (kit is not null)
                    {
                        outcome = outcome with
                        {
                            Grants = [.. kit.Grants, outcome.Disturbance.Judge()],
                        };
                    }
                }
                catch (Exception error)
                {
                    fault = ExceptionDispatchInfo.Capture(error);
                }
            },
            StackBytes)
        {
            Name = "hilrig loop",
            Priority = ThreadPriority.Highest,
        };
        thread.Start();
        thread.Join();
        fault?.Throw();
        return outcome!;
    }
}
