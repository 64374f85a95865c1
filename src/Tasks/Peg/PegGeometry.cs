namespace HilRig.Tasks.Peg;

/// <summary>
/// Where the peg's tip is in the frame of the slot: origin in the middle of its mouth, height
/// along the slot's axis. Lengths are those of peg-insert3.xml, m.
/// </summary>
/// <param name="Lateral">Across the slot, m.</param>
/// <param name="Height">Above the mouth, m; below 0 inside.</param>
/// <param name="Angle">Of the peg against the slot's axis, rad.</param>
internal readonly record struct PegGeometry(double Lateral, double Height, double Angle)
{
    /// <summary>From the tilt axis to the tip.</summary>
    public const double Length = 0.06;

    /// <summary>Height of the tilt axis above the mouth at joint z = 0.</summary>
    public const double AxisAboveMouth = 0.08;

    /// <summary>Measures a scene.</summary>
    public static PegGeometry Of(in TaskState state)
    {
        double tilt = state.Position[2];
        double slot = state.Objects[1];
        double acrossWorld =
            state.Position[0] - (Length * Math.Sin(tilt)) - state.Objects[0];
        double upWorld = AxisAboveMouth + state.Position[1] - (Length * Math.Cos(tilt));
        (double sin, double cos) = Math.SinCos(slot);
        return new(
            (acrossWorld * cos) - (upWorld * sin),
            (acrossWorld * sin) + (upWorld * cos),
            tilt - slot);
    }
}
