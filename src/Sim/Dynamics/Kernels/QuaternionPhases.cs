using System.Runtime.CompilerServices;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>Formulas of unit quaternions (w, x, y, z).</summary>
internal static class QuaternionPhases<T>
    where T : unmanaged, IReal<T>
{
    // MuJoCo's mjMINVAL: a smaller sine counts as no rotation.
    private const double SineMin = 1e-15;

    /// <summary>
    /// Rotation angle over sine of its half, in (-π, π]: times (x, y, z) it is the rotation vector
    /// (MuJoCo, engine_util_spatial.c, mju_quat2Vel).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AngleOverSine(T w, T x, T y, T z)
    {
        T sine = T.Sqrt(T.Fma(x, x, T.Fma(y, y, z * z)));
        T turned = sine - T.Of(SineMin);
        T angle = T.Of(2) * T.Atan2(sine, w);
        angle = T.Where(angle - T.Of(Math.PI), angle - T.Of(2 * Math.PI), angle);
        return T.Where(turned, angle / T.Where(turned, sine, T.Of(1)), T.Of(2));
    }
}
