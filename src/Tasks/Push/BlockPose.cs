namespace HilRig.Tasks.Push;

/// <summary>Where the T is on the table, by its centre of mass.</summary>
/// <param name="Place">m.</param>
/// <param name="Yaw">From −π to π, rad.</param>
/// <param name="Sin">Of the yaw.</param>
/// <param name="Cos">Of the yaw.</param>
internal readonly record struct BlockPose(Planar Place, double Yaw, double Sin, double Cos)
{
    /// <summary>Measures a scene.</summary>
    public static BlockPose Of(in TaskState state)
    {
        double yaw = Math.IEEERemainder(state.Objects[2], Math.Tau);
        (double sin, double cos) = Math.SinCos(yaw);
        return new(new(state.Objects[0], state.Objects[1]), yaw, sin, cos);
    }

    /// <summary>A point of the table in the T's frame.</summary>
    public Planar Into(Planar point)
    {
        Planar from = point - Place;
        return new((from.X * Cos) + (from.Y * Sin), (from.Y * Cos) - (from.X * Sin));
    }

    /// <summary>A direction of the T's frame on the table.</summary>
    public Planar Turn(Planar direction) => new(
        (direction.X * Cos) - (direction.Y * Sin),
        (direction.X * Sin) + (direction.Y * Cos));

    /// <summary>A point of the T's frame on the table.</summary>
    public Planar OutOf(Planar point) => Place + Turn(point);
}
