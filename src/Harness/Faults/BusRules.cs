using HilRig.Core.Units;

namespace HilRig.Harness.Faults;

/// <summary>Faults of buses and servos.</summary>
internal static class BusRules
{
    /// <summary>Target that means the bus with all of its servos.</summary>
    internal const string WholeBus = "bus";

    /// <summary>Error bits a servo can be made to report, and their values.</summary>
    internal static IReadOnlyList<string> Errors { get; } =
        ["voltage", "sensor", "temperature", "current", "overload"];

    internal static IReadOnlyList<FaultRule> All { get; } =
    [
        Of(FaultType.Off, "the port is closed for good, as when its cable is pulled") with
        {
            Target = FaultTarget.Word,
            Words = [WholeBus],
            CanEnd = false,
        },
        Of(FaultType.Off, "the servo neither hears nor answers; its motor does what it did"),
        .. ForBoth(FaultType.Stuck, "replies keep the registers of the fault's first instant"),
        .. ForBoth(FaultType.Garbage, "replies come with a wrong checksum"),
        .. ForBoth(
            FaultType.Wrong,
            "well-formed replies tell something else",
            new FaultParameter("id", "of another servo", [], 0, 253) { IsAlternative = true },
            new FaultParameter(
                "angle", "added to the shaft's angle", [Dimension.Angle], -6.3, 6.3)
            {
                IsAlternative = true,
            },
            new FaultParameter("voltage", "supply", [Dimension.Voltage], 0, 25)
            {
                IsAlternative = true,
            },
            new FaultParameter("temperature", "of the servo", [Dimension.Temperature], 0, 255)
            {
                IsAlternative = true,
            },
            new FaultParameter("error", "bit of the error byte", [], 0, 0)
            {
                Words = Errors,
                IsAlternative = true,
            }),
        .. ForBoth(
            FaultType.Slow,
            "replies begin later; the line waits for them",
            FaultParameters.By(0.1)),
        Of(
            FaultType.Delayed,
            "the adapter hands replies over late, and takes nothing meanwhile",
            new FaultParameter("by", "how late", [Dimension.Time], 0, 1)) with
        {
            Target = FaultTarget.Word,
            Words = [WholeBus],
        },
        .. ForBoth(FaultType.Intermittent, "replies are lost now and then",
            FaultParameters.Probability),
    ];

    private static FaultRule Of(
        FaultType type, string meaning, params IReadOnlyList<FaultParameter> parameters) =>
        new(
            FaultLayer.Bus, type, FaultTarget.Joint, [], FaultScope.VirtualRig, meaning,
            parameters);

    private static IEnumerable<FaultRule> ForBoth(
        FaultType type, string meaning, params IReadOnlyList<FaultParameter> parameters)
    {
        FaultRule servo = Of(type, meaning, parameters);
        yield return servo with { Target = FaultTarget.Word, Words = [WholeBus] };
        yield return servo;
    }
}
