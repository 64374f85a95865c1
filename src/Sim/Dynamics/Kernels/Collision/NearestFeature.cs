using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>Where the axis of a capsule and a box are nearest.</summary>
/// <typeparam name="T">The number.</typeparam>
internal struct NearestFeature<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Squared distance, m².</summary>
    public T Square;

    /// <summary>Place on the axis, -1 to 1.</summary>
    public T OnAxis;

    /// <summary>Place on the edge of the box, -1 to 1.</summary>
    public T OnEdge;

    /// <summary>Which feature of the box.</summary>
    public BoxFeature Kind;

    /// <summary>Axis across the face, -1 when the end is inside the box.</summary>
    public int Face;

    /// <summary>Corner: bit k is set when it is on the positive side of axis k.</summary>
    public int Corner;

    /// <summary>Axis along the edge.</summary>
    public int Edge;
}
