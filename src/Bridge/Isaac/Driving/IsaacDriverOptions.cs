using HilRig.Bridge.Isaac.Messages;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac.Driving;

/// <summary>How to drive an Isaac Sim over the first generation's wire.</summary>
public sealed record IsaacDriverOptions
{
    /// <summary>Ports to bind on 127.0.0.1.</summary>
    public IsaacPorts Ports { get; init; } = new();

    /// <summary>Size of Isaac's images; frames of another size are refused and counted.</summary>
    public IsaacImageSize ImageSize { get; init; } = IsaacImageSize.Standard;

    /// <summary>Commands a second on each port that has one, Hz. Default 60.</summary>
    public double CommandRateHertz { get; init; } = 60;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ScenarioException">One is out of range.</exception>
    public void Validate()
    {
        Ports.Validate();
        ImageSize.Validate();
        if (!(CommandRateHertz is >= 1 and <= 1000))
        {
            throw new ScenarioException(
                "the rate of commands is out of range", expected: "1 to 1000 Hz",
                found: FormattableString.Invariant($"{CommandRateHertz} Hz"));
        }
    }
}
