using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;

namespace HilRig.Rig.Doctor.Checks;

/// <summary>What a bus of the rig says about itself.</summary>
internal static class BusCheck
{
    /// <summary>Looks.</summary>
    /// <param name="bus">The bus as found.</param>
    public static IEnumerable<Finding> Look(BusReport bus)
    {
        yield return LookAtServos(bus);
        if (bus.Servos.Any(servo => servo.Answers))
        {
            yield return LookAtDelays(bus);
            yield return LookAtCycle(bus);
        }
    }

    /// <summary>The rig's buses cannot be asked.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="error">Why.</param>
    public static Finding Unreachable(RigDescription rig, RigException error) => new(
        "bus", Severity.Fail, error.What, $"nothing of {rig.Name} can be measured: {error.Message}",
        error.Remedy)
    {
        Rank = 4,
    };

    private static Finding LookAtServos(BusReport bus)
    {
        string[] silent =
        [
            .. bus.Servos.Where(servo => !servo.Answers)
                .Select(servo => $"{servo.Id} ({servo.Joint})"),
        ];
        string figure = $"{bus.Servos.Count - silent.Length} of {bus.Servos.Count} answer";
        const string Why = "an agent does not start without every servo";
        return silent.Length == 0
            ? new("servos-" + bus.Name, Severity.Ok, figure, Why)
            : new(
                "servos-" + bus.Name, Severity.Fail, figure, Why,
                "look at cable, supply and id of servo " + string.Join(", ", silent))
            {
                Rank = 7,
            };
    }

    private static Finding LookAtDelays(BusReport bus)
    {
        const string Why = "every servo waits this long before each answer";
        double now = bus.Servos.Sum(servo => servo.ReturnDelayMicroseconds ?? 0);
        double then = bus.Servos.Sum(servo => servo.ConfiguredReturnDelayMicroseconds);
        string figure = string.Create(
            CultureInfo.InvariantCulture,
            $"{now:F0} µs a cycle now, {then:F0} µs once an agent has connected");
        return then > 0
            ? new(
                "return-delay-" + bus.Name, Severity.Warn, figure, Why,
                "remove 'return_delay' from the registers in the rig file: the agent sets 0")
            {
                Rank = 1,
            }
            : new("return-delay-" + bus.Name, Severity.Ok, figure, Why);
    }

    private static Finding LookAtCycle(BusReport bus)
    {
        const string Why = "one read of all servos; damaged or lost answers cost a cycle each";
        string figure = bus.Cycle is { } cycle
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {cycle.P50Microseconds:F0}, p99 {cycle.P99Microseconds:F0} µs,"
                + $" {bus.FailedCycles} of {cycle.Count + bus.FailedCycles} failed")
            : "no read of all servos succeeded";
        Severity severity = bus.Cycle is null ? Severity.Fail
            : bus.FailedCycles > 0 ? Severity.Warn
            : Severity.Ok;
        return new(
            "bus-cycle-" + bus.Name, severity, figure, Why,
            severity == Severity.Ok ? null : "look at cables, ground and supply of the bus")
        {
            Rank = 9,
        };
    }
}
