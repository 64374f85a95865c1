using System.Runtime.CompilerServices;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Comparisons of numbers that are the same in every lane, for algorithms that go lane by lane.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal static class Uniform<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Whether a is above b; false when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Above(T a, T b) => T.Any(a - b);

    /// <summary>Whether a is below b; false when either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Below(T a, T b) => T.Any(b - a);

    /// <summary>a held in [-limit, limit].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clip(T a, T limit) => T.Max(-limit, T.Min(limit, a));
}
