using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Harness.Episodes.Recovery;

/// <summary>
/// Asks the operator whether a rig that has stopped may be armed again. Nothing arms without her
/// word: a latched stop is lifted by a person who has looked, never by a program.
/// </summary>
/// <param name="person">The operator.</param>
/// <param name="views">Who is shown the question.</param>
/// <param name="clock">When.</param>
public sealed class RearmDesk(
    IOperatorInput person, IReadOnlyList<ISessionView> views, IRigClock clock)
{
    private const long LookNanoseconds = 20_000_000;

    /// <summary>Time she has before she is reminded. Default 2 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Times that it may run out before the session ends. Default 3.</summary>
    public int AttemptMax { get; init; } = 3;

    /// <summary>Asks, and waits for the answer. Words from before the question are forgotten.
    /// </summary>
    /// <param name="reason">Why the rig stopped.</param>
    /// <param name="number">Which stop it is, from 1.</param>
    /// <param name="numberMax">Stops after which nobody is asked.</param>
    /// <param name="stop">Ends the wait.</param>
    public RearmAnswer Ask(string reason, int number, int numberMax, CancellationToken stop)
    {
        while (person.TryTake(out _))
        {
        }

        for (int attempt = 0; attempt < AttemptMax; attempt++)
        {
            long now = clock.NowNanoseconds;
            foreach (ISessionView view in views)
            {
                view.Show(new RigStopped(now, reason, number, numberMax));
            }

            if (Await(now + (long)Timeout.TotalNanoseconds, stop) is { } answer)
            {
                return answer;
            }
        }

        return RearmAnswer.Silent;
    }

    private RearmAnswer? Await(long untilNanoseconds, CancellationToken stop)
    {
        for (long now = clock.NowNanoseconds; now < untilNanoseconds; now = clock.NowNanoseconds)
        {
            if (stop.IsCancellationRequested)
            {
                return RearmAnswer.Cancelled;
            }

            while (person.TryTake(out OperatorEntry entry))
            {
                switch (entry.Key)
                {
                    case OperatorKey.Confirm:
                        return RearmAnswer.Rearm;
                    case OperatorKey.BrokenRig:
                        return RearmAnswer.Broken;
                    case OperatorKey.Quit:
                        return RearmAnswer.Quit;
                    default:
                        Note(now, $"ignored {entry.Key}: it means nothing now (the rig stopped)");
                        break;
                }
            }

            clock.SleepUntil(now + LookNanoseconds);
        }

        return null;
    }

    private void Note(long now, string sentence)
    {
        foreach (ISessionView view in views)
        {
            view.Show(new Remark(now, "note", sentence));
        }
    }
}
