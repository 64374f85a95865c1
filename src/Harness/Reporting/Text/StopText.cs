using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Text;

/// <summary>A stop in words, for both reports.</summary>
internal static class StopText
{
    /// <summary>Who stopped the rig, and whether it is proven.</summary>
    public static string Sentence(StopReport stop)
    {
        string who = stop.By switch
        {
            StopActor.Agent => "The agent",
            StopActor.Guardian => "The guardian",
            StopActor.Controller => "The arm's controller",
        };
        string confirming = stop.By == StopActor.Controller ? "the controller" : "every servo";
        string proof = stop.Acknowledged
            ? $"{confirming} confirmed it"
            : $"NOT confirmed by {confirming}";
        string? cause = stop.CauseFrom switch
        {
            StopCauseSource.Fault => "the injected fault",
            StopCauseSource.LastHeartbeat => "the last heartbeat before the end of the process",
            StopCauseSource.LastCommand => "the last valid command",
            StopCauseSource.Detection => "the moment it was noticed",
            null => null,
        };
        string times = cause is null
            ? "Its time was not measured."
            : $"Times are the emulator's own, from {cause} on.";
        return $"{who} brought the rig to its safe posture; {proof}. {times}";
    }

    /// <summary>Its times, each with what it ends at, ms.</summary>
    public static IEnumerable<(string Until, double? Milliseconds)> Rows(StopReport stop)
    {
        yield return ("decision", stop.DecidedAfterMilliseconds);
        yield return ("last servo has the stop write", stop.WrittenAfterMilliseconds);
        yield return ("last servo stopped", stop.StoppedAfterMilliseconds);
        if (stop.TorqueOffAfterMilliseconds is { } torqueOff)
        {
            yield return ("last servo without torque", torqueOff);
        }
    }
}
