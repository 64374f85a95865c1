using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Derived constants of pairs of geoms from the primary ones of the geoms, so that an env with its
/// own friction or softness has right contacts (MuJoCo, mj_contactParam in
/// engine_collision_driver.c and getposdim, getsolparam in engine_core_constraint.c).
/// </summary>
internal static class PairPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Smallest = 1e-15;
    private const double FrictionMin = 1e-5;

    /// <summary>All derived constants of all pairs. Writes constants; not part of a step.</summary>
    public static void Derive(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int geom = 0; geom < env.At.Contacts.GeomCount; geom++)
        {
            Bound(env, geom);
        }

        for (int pair = 0; pair < env.At.Contacts.PairCount; pair++)
        {
            int mixing = env.Topology.Get(
                env.At.Contacts.IndexOfPair(pair, ContactSlots.PairMixing));
            if (mixing != (int)ParameterMixing.Named)
            {
                MixSoftness(env, pair, mixing);
                MixFriction(env, pair, mixing);
            }

            Reach(env, pair);
            Soften(env, pair);
            Weigh(env, pair);
        }
    }

    // Radius of the ball about a geom's centre; that of meshes and height fields is the model's.
    private static void Bound(in Env<T, TWork, TConst, TIndex> env, int geom)
    {
        int kind = env.Topology.Get(env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomKind));
        int block = env.At.Contacts.OfGeom(geom, 0);
        Real3<T> size = Real3<T>.Read(env.Constants, block + ContactSlots.GeomSize);
        T radius = env.Constants.Get(block + ContactSlots.GeomRadius);
        radius = kind switch
        {
            (int)GeomKind.Sphere => size.X,
            (int)GeomKind.Capsule => size.X + size.Y,
            (int)GeomKind.Ellipsoid => T.Max(size.X, T.Max(size.Y, size.Z)),
            (int)GeomKind.Cylinder => T.Sqrt(T.Fma(size.X, size.X, size.Y * size.Y)),
            (int)GeomKind.Box => T.Sqrt(Real3<T>.Dot(size, size)),
            _ => radius,
        };
        env.Constants.Set(block + ContactSlots.GeomRadius, radius);
    }

    // solref and solimp: weighted by solmix; the lower solref where one is given as stiffness.
    private static void MixSoftness(
        in Env<T, TWork, TConst, TIndex> env, int pair, int mixing)
    {
        TConst constants = env.Constants;
        int first = FirstGeom(env, pair);
        int second = SecondGeom(env, pair);
        T mix = Weight(env, first, second, mixing);
        T rest = T.Of(1) - mix;
        T a0 = constants.Get(first + ContactSlots.GeomReference);
        T b0 = constants.Get(second + ContactSlots.GeomReference);
        T standard = T.Min(a0, b0);
        for (int k = 0; k < 2; k++)
        {
            T a = constants.Get(first + ContactSlots.GeomReference + k);
            T b = constants.Get(second + ContactSlots.GeomReference + k);
            T mixed = T.Fma(mix, a, rest * b);
            T direct = mixing == (int)ParameterMixing.Both ? T.Min(a, b) : mixed;
            constants.Set(
                env.At.Contacts.OfPair(pair, ContactSlots.PairReference + k),
                T.Where(standard, mixed, direct));
            constants.Set(
                env.At.Contacts.OfPair(pair, ContactSlots.PairFrictionReference + k), T.Of(0));
        }

        for (int k = 0; k < 5; k++)
        {
            T a = constants.Get(first + ContactSlots.GeomImpedance + k);
            T b = constants.Get(second + ContactSlots.GeomImpedance + k);
            constants.Set(
                env.At.Contacts.OfPair(pair, ContactSlots.PairImpedance + k),
                T.Fma(mix, a, rest * b));
        }
    }

    // Share of the first geom.
    private static T Weight(
        in Env<T, TWork, TConst, TIndex> env, int first, int second, int mixing)
    {
        if (mixing != (int)ParameterMixing.Both)
        {
            return mixing == (int)ParameterMixing.First ? T.Of(1) : T.Of(0);
        }

        T a = env.Constants.Get(first + ContactSlots.GeomSoftnessWeight);
        T b = env.Constants.Get(second + ContactSlots.GeomSoftnessWeight);
        T hasA = T.Where(T.Of(Smallest) - a, T.Of(0), T.Of(1));
        T hasB = T.Where(T.Of(Smallest) - b, T.Of(0), T.Of(1));
        T share = T.Where(hasA * hasB, a, T.Of(1)) / T.Where(hasA * hasB, a + b, T.Of(1));
        T alone = T.Of(0.5) * (T.Of(1) + hasA - hasB);
        return T.Where(hasA * hasB, share, alone);
    }

    // The larger friction of the two; margins and gaps are summed.
    private static void MixFriction(in Env<T, TWork, TConst, TIndex> env, int pair, int mixing)
    {
        TConst constants = env.Constants;
        int first = FirstGeom(env, pair);
        int second = SecondGeom(env, pair);
        for (int k = 0; k < 5; k++)
        {
            // Two tangents share the sliding, two rollings the rolling coefficient.
            int from = ContactSlots.GeomFriction + (k < 2 ? 0 : k < 3 ? 1 : 2);
            T a = constants.Get(first, from);
            T b = constants.Get(second, from);
            T friction = mixing == (int)ParameterMixing.Both ? T.Max(a, b)
                : mixing == (int)ParameterMixing.First ? a : b;
            constants.Set(
                env.At.Contacts.OfPair(pair, ContactSlots.PairFriction + k), friction);
        }

        for (int k = 0; k < 2; k++)
        {
            T sum = constants.Get(first + ContactSlots.GeomMargin + k)
                + constants.Get(second + ContactSlots.GeomMargin + k);
            constants.Set(env.At.Contacts.OfPair(pair, ContactSlots.PairMargin + k), sum);
        }
    }

    private static void Reach(in Env<T, TWork, TConst, TIndex> env, int pair)
    {
        TConst constants = env.Constants;
        int block = env.At.Contacts.OfPair(pair, 0);
        T detection = constants.Get(block + ContactSlots.PairMargin)
            + constants.Get(block + ContactSlots.PairGap);
        constants.Set(block + ContactSlots.PairDetection, detection);
        T reach = detection
            + constants.Get(FirstGeom(env, pair) + ContactSlots.GeomRadius)
            + constants.Get(SecondGeom(env, pair) + ContactSlots.GeomRadius);
        constants.Set(block + ContactSlots.PairReach, reach);
        for (int k = 0; k < 5; k++)
        {
            int slot = block + ContactSlots.PairFriction + k;
            constants.Set(slot, T.Max(T.Of(FrictionMin), constants.Get(slot)));
        }
    }

    // Friction rows have solreffriction's B, or that of the normal where none is given.
    private static void Soften(in Env<T, TWork, TConst, TIndex> env, int pair)
    {
        TConst constants = env.Constants;
        int block = env.At.Contacts.OfPair(pair, 0);
        SoftnessPhases<T, TWork, TConst, TIndex>.Derive(
            env,
            block + ContactSlots.PairReference,
            block + ContactSlots.PairImpedance,
            block + ContactSlots.PairStiffness,
            block + ContactSlots.PairImpedanceMin);
        T high = SoftnessPhases<T, TWork, TConst, TIndex>.Hold(
            constants.Get(block + ContactSlots.PairImpedance, 1));
        T shortest = SoftnessPhases<T, TWork, TConst, TIndex>.ShortestTime(env);
        T given0 = constants.Get(block + ContactSlots.PairFrictionReference);
        T given1 = constants.Get(block + ContactSlots.PairFrictionReference, 1);
        T own = T.Where(
            given0,
            T.Of(2) / T.Max(T.Of(Smallest), high * T.Max(given0, shortest)),
            -given1 / high);
        T damping = constants.Get(block + ContactSlots.PairDamping);
        T has = T.Abs(given0) + T.Abs(given1);
        constants.Set(block + ContactSlots.PairFrictionDamping, T.Where(has, own, damping));
    }

    // Inverse weights of both bodies.
    private static void Weigh(in Env<T, TWork, TConst, TIndex> env, int pair)
    {
        int first = Layout.OfBody(
            env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairFirstBody)), 0);
        int second = Layout.OfBody(
            env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairSecondBody)), 0);
        env.Constants.Set(
            env.At.Contacts.OfPair(pair, ContactSlots.PairInverseTranslation),
            env.Constants.Get(first, ConstantSlots.BodyInverseTranslation)
                + env.Constants.Get(second, ConstantSlots.BodyInverseTranslation));
        env.Constants.Set(
            env.At.Contacts.OfPair(pair, ContactSlots.PairInverseRotation),
            env.Constants.Get(first, ConstantSlots.BodyInverseRotation)
                + env.Constants.Get(second, ConstantSlots.BodyInverseRotation));
    }

    private static int FirstGeom(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.At.Contacts.OfGeom(
            env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairFirst)), 0);

    private static int SecondGeom(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.At.Contacts.OfGeom(
            env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairSecond)), 0);
}
