using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Measurements;

/// <summary>Divergence of every signal of a run.</summary>
internal static class TraceDivergence
{
    /// <summary>Measures positions and velocities of every joint.</summary>
    /// <param name="trace">The run's columns.</param>
    /// <param name="bands">Tolerance bands, by signal.</param>
    /// <param name="seed">Seed of the intervals.</param>
    internal static IReadOnlyDictionary<string, DivergenceFigure> Measure(
        RunTrace trace, IReadOnlyList<BandBudget> bands, ulong seed)
    {
        var figures = new Dictionary<string, DivergenceFigure>();
        foreach (JointTrace joint in trace.Joints)
        {
            Add(
                SignalName.Position(joint.Name),
                joint.Unit,
                Pairs(trace, joint.RealPosition, joint.TwinPosition));
            Add(
                SignalName.Velocity(joint.Name),
                joint.Unit + "/s",
                Pairs(trace, joint.RealVelocity, joint.TwinVelocity));
        }

        return figures;

        void Add(string signal, string unit, IReadOnlyList<SignalPair> pairs)
        {
            BandBudget? band = bands.FirstOrDefault(item => item.Signal == signal);
            DivergenceFigure figure = new DivergenceMeter(seed).Measure(pairs, unit);
            figures[signal] = band is null || figure.SampleCount == 0
                ? figure
                : figure with { Band = BandCheck.Check(pairs, band) };
        }
    }

    private static List<SignalPair> Pairs(RunTrace trace, double[] real, double[] twin)
    {
        var pairs = new List<SignalPair>();
        int start = 0;
        while (start < real.Length)
        {
            int end = start;
            while (end < real.Length && trace.Repeat[end] == trace.Repeat[start])
            {
                end++;
            }

            Range rows = start..end;
            pairs.Add(new SignalPair(
                SampledSignal.From(trace.RealTimeSeconds.AsSpan(rows), real.AsSpan(rows)),
                SampledSignal.From(trace.TwinTimeSeconds.AsSpan(rows), twin.AsSpan(rows))));
            start = end;
        }

        return pairs;
    }
}
