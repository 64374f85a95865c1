using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>One contact as an algorithm finds it, in world axes.</summary>
/// <typeparam name="T">The number.</typeparam>
internal struct ContactPoint<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Distance of the surfaces, m; below 0 when they overlap.</summary>
    public T Distance;

    /// <summary>Point from the first geom's centre, m.</summary>
    public Real3<T> FromFirst;

    /// <summary>Point from the second geom's centre, m.</summary>
    public Real3<T> FromSecond;

    /// <summary>Unit vector from the first geom to the second.</summary>
    public Real3<T> Normal;

    /// <summary>Along what the first tangent should lie, or zero.</summary>
    public Real3<T> Tangent;
}
