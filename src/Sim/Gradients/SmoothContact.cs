using HilRig.Sim.Models;

namespace HilRig.Sim.Gradients;

/// <summary>
/// The smooth-contact profile of a model: impedance of contacts and limits begins at 0 and rises
/// over a wider band, so that their forces begin without a jump and have useful derivatives.
/// MuJoCo's documentation names the default impedance non-differentiable at the onset for that
/// reason. The robot sinks deeper into what it touches; docs/gradients.md says by how much.
/// Friction loss of dofs is left as it is: its derivative is that of the piece, stuck or sliding.
/// </summary>
public static class SmoothContact
{
    /// <summary>Width of the band that <see cref="Apply"/> uses by default, m or rad.</summary>
    public const double DefaultWidth = 0.005;

    /// <summary>The same model in the profile.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="width">
    /// Band over which impedance rises, m or rad; rows with a wider one keep it. Above 0.
    /// </param>
    public static Model Apply(Model model, double width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return model with
        {
            Geoms =
            [
                .. model.Geoms.Select(geom =>
                    geom with { Softness = Soften(geom.Softness, width) }),
            ],
            ContactPairs =
            [
                .. model.ContactPairs.Select(pair =>
                    pair with { Softness = Soften(pair.Softness, width) }),
            ],
            Joints =
            [
                .. model.Joints.Select(joint =>
                    joint with { LimitSoftness = Soften(joint.LimitSoftness, width) }),
            ],
            Tendons =
            [
                .. model.Tendons.Select(tendon =>
                    tendon with { LimitSoftness = Soften(tendon.LimitSoftness, width) }),
            ],
        };
    }

    private static SoftConstraint Soften(SoftConstraint softness, double width) => softness with
    {
        ImpedanceMin = 0,
        Width = Math.Max(softness.Width, width),
    };
}
