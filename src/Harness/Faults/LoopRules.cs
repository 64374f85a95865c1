using HilRig.Core.Units;

namespace HilRig.Harness.Faults;

/// <summary>Faults that the control loop's own process brings about.</summary>
internal static class LoopRules
{
    /// <summary>Keys of the ways in which a command can be wrong.</summary>
    internal const string SequenceKey = "sequence";
    internal const string GoalKey = "goal";
    internal const string SessionKey = "session";
    internal const string OwnerKey = "owner";

    private static readonly string[] Foreign = ["foreign"];

    internal static IReadOnlyList<FaultRule> All { get; } =
        [.. Bridge(), .. Sensor(), .. Sim(), .. Operator()];

    private static IEnumerable<FaultRule> Bridge()
    {
        yield return Command(FaultType.Off, "no command is sent");
        yield return Command(FaultType.Stuck, "the last command is sent again, number and all");
        yield return Command(
            FaultType.Garbage, "goals of a well-formed command are random bits") with
        {
            Scope = FaultScope.VirtualRig,
        };
        yield return Command(
            FaultType.Wrong,
            "well-formed commands that nobody may act on",
            Alternative(SequenceKey, "numbers too low by", [], 1, 1_000_000),
            Alternative(GoalKey, "added to every goal", [Dimension.Angle], -100, 100),
            Alternative(SessionKey, "of somebody else", [], 0, 0) with { Words = Foreign },
            Alternative(OwnerKey, "token of an earlier owner", [], 0, 0) with { Words = Foreign })
            with
        {
            Scope = FaultScope.VirtualRig,
        };
        yield return Command(
            FaultType.Slow,
            "commands go out at no more than a rate",
            new FaultParameter("rate", "that rate", [Dimension.Frequency], 0.1, 2000));
        yield return Command(
            FaultType.Delayed, "commands go out late, with the instants they were made with",
            FaultParameters.Late);
        yield return Command(
            FaultType.Intermittent, "commands are lost now and then", FaultParameters.Probability);
    }

    private static IEnumerable<FaultRule> Sensor()
    {
        yield return Measured(FaultType.Off, "no values (NaN), marked as not fresh");
        yield return Measured(FaultType.Stuck, "the values of the fault's first instant");
        yield return Measured(
            FaultType.Garbage, "a random error is added to each position", FaultParameters.Noise);
        yield return Measured(
            FaultType.Wrong,
            "offset or gain",
            FaultParameters.Offset,
            FaultParameters.Gain with { IsAlternative = true });
        yield return Measured(
            FaultType.Slow, "values are low-passed", FaultParameters.TimeConstant);
        yield return Measured(FaultType.Delayed, "values come late", FaultParameters.Late);
        yield return Measured(
            FaultType.Intermittent, "now and then the old values again, marked as not fresh",
            FaultParameters.Probability);
    }

    private static IEnumerable<FaultRule> Sim()
    {
        yield return Twin(FaultType.Off, "the twin has no state (NaN)");
        yield return Twin(FaultType.Stuck, "the state of the fault's first instant");
        yield return Twin(
            FaultType.Garbage, "a random error is added to each position", FaultParameters.Noise);
        yield return Twin(
            FaultType.Wrong, "the twin takes goals times a gain", FaultParameters.Gain);
        yield return Twin(
            FaultType.Slow, "each step takes the loop longer", FaultParameters.By(0.05));
        yield return Twin(FaultType.Delayed, "states come late", FaultParameters.Late);
        yield return Twin(
            FaultType.Intermittent, "commands of the twin are lost now and then",
            FaultParameters.Probability);
    }

    private static IEnumerable<FaultRule> Operator()
    {
        yield return Stream(FaultType.Off, "the stream ends: the controller says it is done") with
        {
            CanEnd = false,
        };
        yield return Stream(FaultType.Stuck, "the goals of the fault's first instant");
        yield return Stream(FaultType.Garbage, "goals are NaN, infinite or random bits");
        yield return Stream(
            FaultType.Wrong,
            "gain (−1: the wrong sign) or offset",
            FaultParameters.Offset with { Meaning = "added to every goal" },
            FaultParameters.Gain with { Meaning = "factor of every goal", IsAlternative = true });
        yield return Stream(FaultType.Slow, "goals are low-passed", FaultParameters.TimeConstant);
        yield return Stream(FaultType.Delayed, "goals come late", FaultParameters.Late);
        yield return Stream(
            FaultType.Intermittent, "now and then the old goals again",
            FaultParameters.Probability);
    }

    private static FaultParameter Alternative(
        string key, string meaning, IReadOnlyList<Dimension> dimensions, double min, double max) =>
        new(key, meaning, dimensions, min, max) { IsAlternative = true };

    private static FaultRule Command(
        FaultType type, string meaning, params IReadOnlyList<FaultParameter> parameters) =>
        new(
            FaultLayer.Bridge, type, FaultTarget.Word, ["commands"], FaultScope.AnyRig, meaning,
            parameters);

    private static FaultRule Measured(
        FaultType type, string meaning, params IReadOnlyList<FaultParameter> parameters) =>
        new(
            FaultLayer.Sensor, type, FaultTarget.Joints, [], FaultScope.AnyPlant, meaning,
            parameters);

    private static FaultRule Twin(
        FaultType type, string meaning, params IReadOnlyList<FaultParameter> parameters) =>
        new(
            FaultLayer.Sim, type, FaultTarget.Word, ["twin"], FaultScope.AnyPlant, meaning,
            parameters);

    private static FaultRule Stream(
        FaultType type, string meaning, params IReadOnlyList<FaultParameter> parameters) =>
        new(
            FaultLayer.Operator, type, FaultTarget.Word, ["controller"], FaultScope.AnyPlant,
            meaning, parameters);
}
