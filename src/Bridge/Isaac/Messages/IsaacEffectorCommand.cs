using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac.Messages;

/// <summary>
/// Where Isaac's Franka is to bring its effector. Every message moves it one control step, so "no
/// goal" is said by sending nothing.
/// </summary>
public sealed record IsaacEffectorCommand
{
    /// <summary>Makes a command.</summary>
    /// <param name="position">Goal in the world, m. Shape [3].</param>
    /// <param name="showMarker">Whether Isaac draws the goal.</param>
    /// <exception cref="ScenarioException">
    /// Not three finite numbers, or the origin, which is what a missing goal decodes to.
    /// </exception>
    public IsaacEffectorCommand(IReadOnlyList<double> position, bool showMarker = false)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (position.Count != 3 || !position.All(double.IsFinite) || position.All(x => x == 0))
        {
            throw new ScenarioException(
                "an effector command needs a goal",
                expected: "x, y, z in m, finite, not all 0",
                found: string.Join(", ", position.Select(x => FormattableString.Invariant($"{x}"))),
                remedy: "send nothing when there is no goal; 0, 0, 0 would drive into the base");
        }

        Position = position;
        ShowMarker = showMarker;
    }

    /// <summary>Goal in the world, m. Shape [3].</summary>
    public IReadOnlyList<double> Position { get; }

    /// <summary>Whether Isaac draws the goal.</summary>
    public bool ShowMarker { get; }
}
