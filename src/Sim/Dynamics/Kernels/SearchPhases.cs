using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The line search of a Newton step: the zero of the slope of the cost along the direction, which
/// rises and is continuous. Newton inside a shrinking bracket; bisection where Newton leaves it or
/// does not halve the slope (it can jump between two pieces for ever). Slopes are computed as
/// such, never as differences of costs: in float32 those would drown.
/// </summary>
internal static class SearchPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // Relative to the slope at the start. Newton's steps, not the search, make the solution exact.
    private const double SlopeMin = 0.03;

    private const double Far = 1e30;

    // Rounding of a slope against the terms it is summed from, in units of the last place.
    private const double Rounding = 8;

    /// <summary>Begins at the full step in the lanes that are unsolved and not at rest.</summary>
    public static void Begin(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        FactorPhases<T, TWork, TConst, TIndex>.MultiplyMass(
            env, env.At.Direction, env.At.Product);
        T start = T.Of(0);
        T massCurvature = T.Of(0);
        T massSlope = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T direction = work.Get(env.At.Direction + dof);
            T gradient = work.Get(env.At.Gradient + dof);
            start = T.Fma(gradient, direction, start);
            massSlope = T.Fma(
                gradient + work.Get(env.At.ConstraintForce + dof), direction, massSlope);
            massCurvature = T.Fma(work.Get(env.At.Product + dof), direction, massCurvature);
        }

        work.Set(env.At.Constraints.StartSlope, T.Abs(start));
        work.Set(env.At.Constraints.MassSlope, massSlope);
        work.Set(env.At.Constraints.MassCurvature, massCurvature);
        work.Set(env.At.Constraints.Length, T.Of(1));
        work.Set(env.At.Constraints.Low, T.Of(0));
        work.Set(env.At.Constraints.High, T.Of(-1));
        work.Set(env.At.Constraints.LastSlope, T.Of(Far));
    }

    /// <summary>Slope and curvature of the part without rows.</summary>
    public static void Slopes(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T curvature = work.Get(env.At.Constraints.MassCurvature);
        T slope = T.Fma(
            curvature,
            work.Get(env.At.Constraints.Length),
            work.Get(env.At.Constraints.MassSlope));
        work.Set(env.At.Constraints.Slope, slope);
        work.Set(env.At.Constraints.SlopeCurvature, curvature);
    }

    /// <summary>Moves on in the lanes that still search; the others keep their length.</summary>
    public static void Move(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T length = work.Get(env.At.Constraints.Length);
        T slope = work.Get(env.At.Constraints.Slope);
        T curvature = work.Get(env.At.Constraints.SlopeCurvature);
        T start = work.Get(env.At.Constraints.StartSlope);
        T terms = T.Fma(
            curvature, length, T.Of(2) * T.Abs(work.Get(env.At.Constraints.MassSlope)));
        T noise = T.Of(Rounding) * Precision() * (terms + start);
        T still = T.Abs(slope) - T.Max(T.Of(SlopeMin) * start, noise);
        T searching = T.Where(still, work.Get(env.At.Constraints.Searching), T.Of(0));
        work.Set(env.At.Constraints.Searching, searching);

        // A bracket whose upper end is below 0 has none yet.
        T low = T.Where(slope, work.Get(env.At.Constraints.Low), length);
        T high = T.Where(slope, length, work.Get(env.At.Constraints.High));
        T newton = length - (slope / curvature);
        T middle = T.Of(0.5) * (low + high);
        T outside = T.Max(low - newton, newton - high);
        T slow = T.Fnma(T.Of(0.5), work.Get(env.At.Constraints.LastSlope), T.Abs(slope));
        T bisect = T.Where(T.Max(outside, slow), T.Where(high, T.Of(1), T.Of(0)), T.Of(0));
        T next = T.Where(bisect, middle, newton);
        work.Set(env.At.Constraints.Low, low);
        work.Set(env.At.Constraints.High, high);
        work.Set(env.At.Constraints.LastSlope, T.Abs(slope));
        work.Set(env.At.Constraints.Length, T.Where(searching, next, length));
    }

    /// <summary>Distance from 1 to the next number above it, about: 4/3 does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Precision() =>
        T.Abs((((T.Of(4) / T.Of(3)) - T.Of(1)) * T.Of(3)) - T.Of(1));
}
