using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Where a frame is in its parent's frame.</summary>
/// <param name="Position">Origin, m.</param>
/// <param name="Orientation">Rotation to the parent's frame.</param>
internal readonly record struct Pose(Vector3 Position, UnitQuaternion Orientation)
{
    public static Pose Identity => new(default, UnitQuaternion.Identity);

    /// <summary>The pose of an inner frame, seen from outside.</summary>
    public static Pose operator *(Pose outer, Pose inner) => new(
        outer.Position + outer.Orientation.Rotate(inner.Position),
        (outer.Orientation * inner.Orientation).Normalized());

    /// <summary>The pose of the outer frame, seen from this one.</summary>
    public Pose Inverse()
    {
        UnitQuaternion back = Orientation.Inverse();
        return new(back.Rotate(-1 * Position), back);
    }

    /// <summary>Reads pos and the rotation of an element.</summary>
    public static Pose Read(MjcfAttributes at, CompilerSettings compiler) =>
        new(at.Vector("pos", default), OrientationReader.Read(at, compiler));
}
