using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac.Messages;

/// <summary>
/// Moves Isaac's camera mount. The focal length has no default: Isaac takes a command without one
/// as the order to set it to 0, and what it was before is not on the wire.
/// </summary>
public sealed record IsaacCameraCommand
{
    /// <summary>Makes a command.</summary>
    /// <param name="velocity">Velocities of the mount's three joints, rad/s. Shape [3].</param>
    /// <param name="focalLength">Focal length in USD's unit (tenths of a scene unit, mm).</param>
    /// <exception cref="ScenarioException">A number is not finite, or no focal length.</exception>
    public IsaacCameraCommand(IReadOnlyList<double> velocity, double focalLength)
    {
        ArgumentNullException.ThrowIfNull(velocity);
        if (velocity.Count != 3 || !velocity.All(double.IsFinite))
        {
            throw new ScenarioException(
                "a camera command needs three finite velocities", expected: "x, y, z in rad/s");
        }

        if (!double.IsFinite(focalLength) || focalLength <= 0)
        {
            throw new ScenarioException(
                "a camera command needs a focal length",
                expected: "more than 0",
                found: FormattableString.Invariant($"{focalLength}"),
                remedy: "read it off Isaac's camera; without it Isaac sets it to 0");
        }

        Velocity = velocity;
        FocalLength = focalLength;
    }

    /// <summary>Velocities of the mount's three joints, rad/s. Shape [3].</summary>
    public IReadOnlyList<double> Velocity { get; }

    /// <summary>Focal length in USD's unit.</summary>
    public double FocalLength { get; }

    /// <summary>The same lens, standing still.</summary>
    public IsaacCameraCommand Still() => new([0, 0, 0], FocalLength);
}
