using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>How far two convex shapes are apart, and where.</summary>
/// <typeparam name="T">The number.</typeparam>
internal struct ConvexGap<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>
    /// Distance, m; below 0 when they overlap, very large when only known to be apart.
    /// </summary>
    public T Distance;

    /// <summary>Nearest or deepest point of the first shape, m.</summary>
    public Real3<T> First;

    /// <summary>Nearest or deepest point of the second shape, m.</summary>
    public Real3<T> Second;

    /// <summary>Vertices of the simplex that is left.</summary>
    public int SimplexCount;

    /// <summary>Whether they are known to be apart.</summary>
    public bool IsApart;
}
