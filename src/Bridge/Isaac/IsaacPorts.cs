using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac;

/// <summary>
/// TCP ports of an Isaac bridge. The program that drives Isaac binds all of them.
/// </summary>
public sealed record IsaacPorts
{
    /// <summary>What Isaac sends: camera frames, clock, joint states. Default 5561.</summary>
    public int Stream { get; init; } = 5561;

    /// <summary>
    /// First generation: camera commands. Second: everything that is published to Isaac. Default
    /// 5557.
    /// </summary>
    public int Control { get; init; } = 5557;

    /// <summary>First generation only: settings. Default 5559.</summary>
    public int Settings { get; init; } = 5559;

    /// <summary>First generation only: goals of the arm's effector. Default 5560.</summary>
    public int Effector { get; init; } = 5560;

    /// <summary>Checks the numbers; 0 asks the system for a free one.</summary>
    /// <exception cref="ScenarioException">A port is out of range, or used twice.</exception>
    public void Validate()
    {
        int[] all = [Stream, Control, Settings, Effector];
        int[] fixedOnes = [.. all.Where(port => port != 0)];
        if (all.Any(port => port is < 0 or > 65535))
        {
            throw new ScenarioException(
                "a port is out of range", expected: "0 to 65535", found: string.Join(", ", all));
        }

        if (fixedOnes.Distinct().Count() != fixedOnes.Length)
        {
            throw new ScenarioException(
                "two streams have the same port",
                expected: "one port a stream: messages carry no type",
                found: string.Join(", ", all));
        }
    }
}
