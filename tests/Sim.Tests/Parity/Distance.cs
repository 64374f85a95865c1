namespace HilRig.Sim.Tests.Parity;

/// <summary>How far numbers are from what they should be. NaN stays NaN and so fails.</summary>
internal static class Distance
{
    /// <summary>Largest error over the largest expected value.</summary>
    public static double Relative(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected) =>
        Scaled(actual, expected, Largest(expected));

    /// <summary>Largest error over a scale.</summary>
    public static double Scaled(
        ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double scale)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]));
        }

        return worst == 0 ? 0 : worst / scale;
    }

    /// <summary>Largest error of any number over that number.</summary>
    public static double Elementwise(
        ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double floor)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double scale = Math.Max(Math.Abs(expected[i]), floor);
            worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]) / scale);
        }

        return worst;
    }

    /// <summary>
    /// Velocity error over the largest velocity or one step of the largest acceleration, whichever
    /// is larger; position and activation error likewise.
    /// </summary>
    public static double Next(
        SimState actual, SimState expected, ReadOnlySpan<double> acceleration, double timeStep)
    {
        double speed = Math.Max(Largest(expected.Velocity), timeStep * Largest(acceleration));
        double reach = Math.Max(Largest(expected.Position), timeStep * speed);
        double activation = Math.Max(Largest(expected.Activation), timeStep);
        return Math.Max(
            Scaled(actual.Velocity, expected.Velocity, speed),
            Math.Max(
                Scaled(actual.Position, expected.Position, reach),
                Scaled(actual.Activation, expected.Activation, activation)));
    }

    public static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
