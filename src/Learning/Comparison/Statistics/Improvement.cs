namespace HilRig.Learning.Comparison.Statistics;

/// <summary>Probability of improvement (Agarwal et al. 2021, section 4.3).</summary>
internal static class Improvement
{
    /// <summary>
    /// How often a run of one method beats a run of another on the same task, ties counted half;
    /// mean over tasks.
    /// </summary>
    /// <param name="better">Scores of the one. Shape [task][run].</param>
    /// <param name="worse">Scores of the other. Shape [task][run].</param>
    public static double Of(double[][] better, double[][] worse)
    {
        double sum = 0;
        for (int task = 0; task < better.Length; task++)
        {
            double wins = 0;
            foreach (double x in better[task])
            {
                foreach (double y in worse[task])
                {
                    wins += x > y ? 1 : x == y ? 0.5 : 0;
                }
            }

            sum += wins / (better[task].Length * worse[task].Length);
        }

        return sum / better.Length;
    }
}
