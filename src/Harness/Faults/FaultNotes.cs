namespace HilRig.Harness.Faults;

/// <summary>Tells each begin and end of a run's faults once. One thread.</summary>
internal sealed class FaultNotes
{
    private readonly FaultSchedule _schedule;
    private readonly bool[] _hasBegun;
    private readonly bool[] _hasEnded;

    /// <summary>Watches a schedule.</summary>
    internal FaultNotes(FaultSchedule schedule)
    {
        _schedule = schedule;
        _hasBegun = new bool[schedule.Occurrences.Count];
        _hasEnded = new bool[schedule.Occurrences.Count];
    }

    /// <summary>Tells what is new.</summary>
    /// <param name="note">Takes an instant, CLOCK_MONOTONIC ns, and a sentence.</param>
    internal void Look(Action<long, string> note)
    {
        foreach (FaultOccurrence fault in _schedule.Occurrences)
        {
            if (!_hasBegun[fault.Index] && fault.BeganNanoseconds is > 0 and var began)
            {
                _hasBegun[fault.Index] = true;
                note(began, $"{fault.Fault.Describe()} begins");
            }

            if (!_hasEnded[fault.Index] && fault.EndedNanoseconds is > 0 and var ended)
            {
                _hasEnded[fault.Index] = true;
                note(ended, $"{fault.Fault.Describe()} ends");
            }
        }
    }
}
