using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>The axis along which two boxes are farthest apart, or overlap least.</summary>
/// <typeparam name="T">The number.</typeparam>
internal struct BoxAxis<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>
    /// 0 to 2 a face of box 1, 3 to 5 of box 2, from 6 edge i of 1 and j of 2: 6 + 3i + j.
    /// </summary>
    public int Code;

    /// <summary>The best of the faces.</summary>
    public int Face;

    /// <summary>Separation along the axis, m; below 0 when they overlap.</summary>
    public T Separation;

    /// <summary>Separation along the axis of the best face, m.</summary>
    public T FaceSeparation;
}
