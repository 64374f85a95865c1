using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>The best axis of two boxes in every lane; see <see cref="BoxAxis{T}"/>.</summary>
/// <typeparam name="T">The number.</typeparam>
internal struct BoxAxisLanes<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Number of the axis.</summary>
    public T Code;

    /// <summary>The best of the faces.</summary>
    public T Face;

    /// <summary>Separation along the axis, m; below 0 when they overlap.</summary>
    public T Separation;

    /// <summary>Separation along the axis of the best face, m.</summary>
    public T FaceSeparation;

    /// <summary>1 where an axis parts the boxes, else 0.</summary>
    public T Apart;

    /// <summary>One lane's, in every lane.</summary>
    public readonly BoxAxis<T> Of(int lane) => new()
    {
        Code = T.ToInt(T.Broadcast(Code, lane)),
        Face = T.ToInt(T.Broadcast(Face, lane)),
        Separation = T.Broadcast(Separation, lane),
        FaceSeparation = T.Broadcast(FaceSeparation, lane),
    };
}
