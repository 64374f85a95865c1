using HilRig.Core.Errors;

namespace HilRig.Sim.Environments;

/// <summary>Where a random number comes from.</summary>
public sealed record RandomDistribution
{
    private RandomDistribution(RandomDistributionKind kind, params double[] numbers)
    {
        Kind = kind;
        Numbers = numbers;
    }

    /// <summary>Its form.</summary>
    public RandomDistributionKind Kind { get; }

    /// <summary>Least and largest; mean and standard deviation; or the choices.</summary>
    public IReadOnlyList<double> Numbers { get; }

    /// <summary>Every number of a range alike.</summary>
    /// <param name="least">Least.</param>
    /// <param name="largest">Largest.</param>
    /// <exception cref="ModelException">Not finite, or in the wrong order.</exception>
    public static RandomDistribution Uniform(double least, double largest) =>
        new RandomDistribution(RandomDistributionKind.Uniform, least, largest).Checked();

    /// <summary>Every factor of a range alike: the logarithm is uniform.</summary>
    /// <param name="least">Least; above 0.</param>
    /// <param name="largest">Largest.</param>
    /// <exception cref="ModelException">Not finite or above 0, or in the wrong order.</exception>
    public static RandomDistribution LogUniform(double least, double largest) =>
        new RandomDistribution(RandomDistributionKind.LogUniform, least, largest).Checked();

    /// <summary>The normal distribution.</summary>
    /// <param name="mean">Mean.</param>
    /// <param name="deviation">Standard deviation, at least 0.</param>
    /// <exception cref="ModelException">Not finite, or a deviation below 0.</exception>
    public static RandomDistribution Gaussian(double mean, double deviation) =>
        new RandomDistribution(RandomDistributionKind.Gaussian, mean, deviation).Checked();

    /// <summary>One of some numbers, each alike.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <exception cref="ModelException">None, or one that is not finite.</exception>
    public static RandomDistribution Choice(params double[] numbers) =>
        new RandomDistribution(RandomDistributionKind.Choice, numbers).Checked();

    /// <summary>Makes one from its parts.</summary>
    /// <param name="kind">Its form.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <exception cref="ModelException">The numbers do not fit the form.</exception>
    public static RandomDistribution Of(RandomDistributionKind kind, params double[] numbers) =>
        new RandomDistribution(kind, numbers).Checked();

    /// <summary>A number, from one or two draws of an env.</summary>
    internal double Sample(EnvironmentScene scene, int env) => Kind switch
    {
        RandomDistributionKind.Uniform =>
            Numbers[0] + ((Numbers[1] - Numbers[0]) * scene.Draw(env)),
        RandomDistributionKind.LogUniform =>
            Numbers[0] * Math.Pow(Numbers[1] / Numbers[0], scene.Draw(env)),
        RandomDistributionKind.Gaussian =>
            Numbers[0] + (Numbers[1] * Normal(scene.Draw(env), scene.Draw(env))),
        RandomDistributionKind.Choice => Numbers[(int)(scene.Draw(env) * Numbers.Count)],
    };

    // Box and Muller, 1958.
    private static double Normal(double a, double b) =>
        Math.Sqrt(-2 * Math.Log(1 - a)) * Math.Cos(2 * Math.PI * b);

    private RandomDistribution Checked()
    {
        bool good = Numbers.All(double.IsFinite) && Kind switch
        {
            RandomDistributionKind.Uniform => Numbers.Count == 2 && Numbers[0] <= Numbers[1],
            RandomDistributionKind.LogUniform =>
                Numbers.Count == 2 && Numbers[0] > 0 && Numbers[0] <= Numbers[1],
            RandomDistributionKind.Gaussian => Numbers.Count == 2 && Numbers[1] >= 0,
            RandomDistributionKind.Choice => Numbers.Count > 0,
        };
        return good
            ? this
            : throw new ModelException(
                "the distribution is not one",
                Kind.ToString(),
                "uniform and logUniform: least ≤ largest (logUniform above 0); gaussian: mean, "
                + "deviation ≥ 0; choice: at least one number",
                string.Join(", ", Numbers));
    }
}
