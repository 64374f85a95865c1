using HilRig.Core.Errors;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Isaac.Topics;

/// <summary>How to drive an arm that Isaac Sim simulates, second generation.</summary>
public sealed record IsaacPlantOptions
{
    /// <summary>Name and joints.</summary>
    public required PlantDescription Description { get; init; }

    /// <summary>Isaac's name of each joint. Shape [dof].</summary>
    public required IReadOnlyList<string> JointNames { get; init; }

    /// <summary>Time between two joint states that Isaac is set to, in simulated time.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Ports to bind on 127.0.0.1; Stream and Control are used.</summary>
    public IsaacPorts Ports { get; init; } = new();

    /// <summary>Topic of joint states. Default "joint_states".</summary>
    public string StatesTopic { get; init; } = "joint_states";

    /// <summary>Topic of joint commands. Default "joint_command".</summary>
    public string CommandTopic { get; init; } = "joint_command";

    /// <summary>Field numbers.</summary>
    public IsaacFieldNumbers Numbers { get; init; } = IsaacFieldNumbers.Assumed;

    /// <summary>How long the start waits for Isaac. Default 10 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which Isaac counts as lost. Default 1 s.</summary>
    public TimeSpan LostTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Periods for which a command is good. Default 3.</summary>
    public int ValidityTicks { get; init; } = 3;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ScenarioException">One is out of range.</exception>
    public void Validate()
    {
        Ports.Validate();
        if (JointNames.Count != Description.DofCount || JointNames.Distinct().Count()
            != JointNames.Count)
        {
            throw new ScenarioException(
                "every joint needs a name of its own in Isaac",
                Description.Name,
                $"{Description.DofCount} different names",
                string.Join(", ", JointNames));
        }

        if (Period < TimeSpan.FromMilliseconds(0.5) || Period > TimeSpan.FromSeconds(1)
            || LostTimeout <= Period || ValidityTicks is < 1 or > 100)
        {
            throw new ScenarioException(
                "the pace of Isaac is out of range",
                Description.Name,
                "a period of 0.5 ms to 1 s, shorter than the time after which it is lost");
        }
    }
}
