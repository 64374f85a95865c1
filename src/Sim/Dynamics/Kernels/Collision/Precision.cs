using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>How finely a number resolves: geometry in floats needs more room.</summary>
/// <typeparam name="T">The number.</typeparam>
internal static class Precision<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>The first where T resolves as a double does, else the second.</summary>
    public static T Choose(double ofDouble, double ofFloat) =>
        T.Where(T.Of(1 + 1e-12) - T.Of(1), T.Of(ofDouble), T.Of(ofFloat));
}
