using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>A vector of three numbers of a kernel.</summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly struct Real3<T>
    where T : unmanaged, IReal<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public readonly T X;
    public readonly T Y;
    public readonly T Z;

    [MethodImpl(Inline)]
    public Real3(T x, T y, T z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    public static Real3<T> Zero
    {
        [MethodImpl(Inline)]
        get => new(T.Of(0), T.Of(0), T.Of(0));
    }

    [MethodImpl(Inline)]
    public static Real3<T> operator +(Real3<T> a, Real3<T> b) =>
        new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(Inline)]
    public static Real3<T> operator -(Real3<T> a, Real3<T> b) =>
        new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(Inline)]
    public static Real3<T> operator -(Real3<T> a) => new(-a.X, -a.Y, -a.Z);

    [MethodImpl(Inline)]
    public static Real3<T> operator *(T factor, Real3<T> a) =>
        new(factor * a.X, factor * a.Y, factor * a.Z);

    [MethodImpl(Inline)]
    public static T Dot(Real3<T> a, Real3<T> b) =>
        T.Fma(a.X, b.X, T.Fma(a.Y, b.Y, a.Z * b.Z));

    [MethodImpl(Inline)]
    public static Real3<T> Cross(Real3<T> a, Real3<T> b) => new(
        T.Fnma(a.Z, b.Y, a.Y * b.Z), T.Fnma(a.X, b.Z, a.Z * b.X), T.Fnma(a.Y, b.X, a.X * b.Y));

    /// <summary>a + factor · b.</summary>
    [MethodImpl(Inline)]
    public static Real3<T> AddScaled(Real3<T> a, T factor, Real3<T> b) =>
        new(T.Fma(factor, b.X, a.X), T.Fma(factor, b.Y, a.Y), T.Fma(factor, b.Z, a.Z));

    /// <summary>Lane by lane: the first where x is above 0, else the other.</summary>
    [MethodImpl(Inline)]
    public static Real3<T> Where(T x, Real3<T> positive, Real3<T> otherwise) => new(
        T.Where(x, positive.X, otherwise.X),
        T.Where(x, positive.Y, otherwise.Y),
        T.Where(x, positive.Z, otherwise.Z));

    /// <summary>One lane's vector in every lane.</summary>
    [MethodImpl(Inline)]
    public static Real3<T> Broadcast(Real3<T> a, int lane) => new(
        T.Broadcast(a.X, lane), T.Broadcast(a.Y, lane), T.Broadcast(a.Z, lane));

    /// <summary>Length and direction; (1, 0, 0) of a vector too short to have one.</summary>
    [MethodImpl(Inline)]
    public static Real3<T> Unit(Real3<T> a, out T length)
    {
        T square = Dot(a, a);
        T tiny = T.Where(square - T.Of(1e-30), T.Of(0), T.Of(1));
        length = T.Where(tiny, T.Of(0), T.Sqrt(T.Where(tiny, T.Of(1), square)));
        T inverse = T.Of(1) / T.Where(tiny, T.Of(1), length);
        return Where(tiny, new(T.Of(1), T.Of(0), T.Of(0)), inverse * a);
    }

    /// <summary>Reads three slots.</summary>
    [MethodImpl(Inline)]
    public static Real3<T> Read<TMem>(TMem memory, int slot)
        where TMem : struct, IMem<T> =>
        new(memory.Get(slot), memory.Get(slot + 1), memory.Get(slot + 2));

    /// <summary>Reads three slots, a row of a matrix apart.</summary>
    [MethodImpl(Inline)]
    public static Real3<T> ReadColumn<TMem>(TMem memory, int slot)
        where TMem : struct, IMem<T> =>
        new(memory.Get(slot), memory.Get(slot + 3), memory.Get(slot + 6));

    /// <summary>Component 0, 1 or 2.</summary>
    [MethodImpl(Inline)]
    public T Get(int axis) => axis == 0 ? X : axis == 1 ? Y : Z;

    /// <summary>With another component 0, 1 or 2.</summary>
    [MethodImpl(Inline)]
    public Real3<T> With(int axis, T value) => new(
        axis == 0 ? value : X, axis == 1 ? value : Y, axis == 2 ? value : Z);

    /// <summary>Writes three slots.</summary>
    [MethodImpl(Inline)]
    public void Write<TMem>(TMem memory, int slot)
        where TMem : struct, IMem<T>
    {
        memory.Set(slot, X);
        memory.Set(slot + 1, Y);
        memory.Set(slot + 2, Z);
    }
}
