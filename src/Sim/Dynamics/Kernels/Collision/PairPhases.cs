using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
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
    private const double ImpedanceLowest = 0.0001;
    private const double ImpedanceHighest = 0.9999;

    /// <summary>All derived constants of all pairs. Writes constants; not part of a step.</summary>
    public static void Derive(in Env<T, TWork, TConst, TIndex> env)
    {
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
            ShapeImpedance(env, pair);
        }
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
            T a = constants.Get(first + from);
            T b = constants.Get(second + from);
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

    // K and B from solref: K = 1/(d² t² ζ²), B = 2/(d t), or -solref/d² and -solref/d.
    private static void Soften(in Env<T, TWork, TConst, TIndex> env, int pair)
    {
        TConst constants = env.Constants;
        int block = env.At.Contacts.OfPair(pair, 0);
        T high = Hold(constants.Get(block + ContactSlots.PairImpedance + 1));
        bool safe = env.Topology.Get(env.At.Contacts.TopologyOptions) != 0;
        T shortest = safe ? T.Of(2) * constants.Get(ConstantSlots.TimeStep) : T.Of(0);
        T given = constants.Get(block + ContactSlots.PairReference);
        T ratio = constants.Get(block + ContactSlots.PairReference + 1);
        T time = T.Max(given, shortest);
        T product = high * time * ratio;
        T stiffness = T.Of(1) / T.Max(T.Of(Smallest), product * product);
        T damping = T.Of(2) / T.Max(T.Of(Smallest), high * time);
        damping = T.Where(given, damping, -ratio / high);
        constants.Set(
            block + ContactSlots.PairStiffness,
            T.Where(given, stiffness, -given / (high * high)));
        constants.Set(block + ContactSlots.PairDamping, damping);

        T given0 = constants.Get(block + ContactSlots.PairFrictionReference);
        T given1 = constants.Get(block + ContactSlots.PairFrictionReference + 1);
        T own = T.Where(
            given0,
            T.Of(2) / T.Max(T.Of(Smallest), high * T.Max(given0, shortest)),
            -given1 / high);
        T has = T.Abs(given0) + T.Abs(given1);
        constants.Set(block + ContactSlots.PairFrictionDamping, T.Where(has, own, damping));
    }

    // The impedance curve; a flat one has its mean at both ends.
    private static void ShapeImpedance(in Env<T, TWork, TConst, TIndex> env, int pair)
    {
        TConst constants = env.Constants;
        int block = env.At.Contacts.OfPair(pair, 0);
        int given = block + ContactSlots.PairImpedance;
        T low = Hold(constants.Get(given));
        T high = Hold(constants.Get(given + 1));
        T width = T.Max(T.Of(0), constants.Get(given + 2));
        T middle = Hold(constants.Get(given + 3));
        T power = T.Max(T.Of(1), constants.Get(given + 4));
        T curved = T.Where(T.Abs(high - low), T.Of(1), T.Of(0))
            * T.Where(width - T.Of(Smallest), T.Of(1), T.Of(0));
        T mean = T.Of(0.5) * (low + high);
        constants.Set(block + ContactSlots.PairImpedanceMin, T.Where(curved, low, mean));
        constants.Set(block + ContactSlots.PairImpedanceMax, T.Where(curved, high, mean));
        constants.Set(
            block + ContactSlots.PairInverseWidth,
            T.Of(1) / T.Where(curved, width, T.Of(1)));
        constants.Set(block + ContactSlots.PairMidpoint, middle);
        constants.Set(block + ContactSlots.PairPower, power);
        T rest = power - T.Of(1);
        constants.Set(
            block + ContactSlots.PairBelowScale, T.Of(1) / T.Pow(middle, rest));
        constants.Set(
            block + ContactSlots.PairAboveScale, T.Of(1) / T.Pow(T.Of(1) - middle, rest));
    }

    private static T Hold(T impedance) =>
        T.Min(T.Of(ImpedanceHighest), T.Max(T.Of(ImpedanceLowest), impedance));

    private static int FirstGeom(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.At.Contacts.OfGeom(
            env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairFirst)), 0);

    private static int SecondGeom(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.At.Contacts.OfGeom(
            env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairSecond)), 0);
}
