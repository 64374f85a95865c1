using HilRig.Core.Sampling;

namespace HilRig.Learning.Comparison.Statistics;

/// <summary>
/// Percentile intervals from resampled runs: within each task as many runs are drawn, with
/// replacement, as there are (Agarwal et al. 2021, section 4.2). A task with a single run leaves no
/// interval.
/// </summary>
/// <param name="seed">Seed of the draws; the same seed gives the same interval.</param>
/// <param name="drawCount">Resamples.</param>
internal sealed class StratifiedBootstrap(ulong seed, int drawCount = 2000)
{
    /// <summary>A figure of one method.</summary>
    /// <param name="scores">Score of each run. Shape [task][run].</param>
    /// <param name="figure">The figure of scores.</param>
    public Estimate Of(double[][] scores, Func<double[][], double> figure) =>
        Of([scores], groups => figure(groups[0]));

    /// <summary>A figure of several methods, each resampled by itself.</summary>
    /// <param name="groups">Scores. Shape [method][task][run].</param>
    /// <param name="figure">The figure of scores.</param>
    public Estimate Of(double[][][] groups, Func<double[][][], double> figure)
    {
        if (groups.Any(tasks => tasks.Any(runs => runs.Length < 2)))
        {
            return new(figure(groups), null, null);
        }

        double[] draws = new double[drawCount];
        double[][][] drawn =
            [.. groups.Select(tasks => tasks.Select(runs => new double[runs.Length]).ToArray())];
        var random = new CounterRandom(seed, 0);
        ulong count = 0;
        for (int draw = 0; draw < drawCount; draw++)
        {
            for (int method = 0; method < groups.Length; method++)
            {
                for (int task = 0; task < groups[method].Length; task++)
                {
                    double[] runs = groups[method][task];
                    for (int k = 0; k < runs.Length; k++)
                    {
                        drawn[method][task][k] = runs[(int)(random.Unit(count++) * runs.Length)];
                    }
                }
            }

            draws[draw] = figure(drawn);
        }

        Array.Sort(draws);
        return new(
            figure(groups),
            OrderStatistics.Quantile(draws, 0.025),
            OrderStatistics.Quantile(draws, 0.975));
    }
}
