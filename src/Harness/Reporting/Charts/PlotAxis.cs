using System.Globalization;

namespace HilRig.Harness.Reporting.Charts;

/// <summary>
/// Range of one axis of a plot and the marks on it. Places are fractions of the range.
/// </summary>
internal sealed class PlotAxis
{
    private PlotAxis(double min, double max, bool logarithmic, IReadOnlyList<PlotTick> ticks)
    {
        Min = min;
        Max = max;
        IsLogarithmic = logarithmic;
        Ticks = ticks;
    }

    public double Min { get; }

    public double Max { get; }

    public bool IsLogarithmic { get; }

    public IReadOnlyList<PlotTick> Ticks { get; }

    /// <summary>
    /// A linear axis over the given values with a margin, marked at round numbers.
    /// </summary>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="margin">Fraction of the range added at each end.</param>
    /// <param name="intervals">About how many intervals the marks make.</param>
    public static PlotAxis Linear(double min, double max, double margin, int intervals = 5)
    {
        double span = max - min;
        if (!(span > 0))
        {
            // A flat line still needs a range; choose one that shows it as flat.
            span = Math.Max(Math.Abs(max) * 0.1, 1e-3);
            (min, max) = (min - (span / 2), max + (span / 2));
        }

        (min, max) = (min - (margin * span), max + (margin * span));
        double step = RoundStep((max - min) / intervals);
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var ticks = new List<PlotTick>();
        double last = max + (step * 1e-9);
        for (double value = Math.Ceiling(min / step) * step; value <= last; value += step)
        {
            double shown = Math.Abs(value) < step * 1e-6 ? 0 : value;
            string label = shown.ToString("F" + decimals, CultureInfo.InvariantCulture);
            ticks.Add(
                new PlotTick(
                    (value - min) / (max - min),
                    label.Replace("-", "−", StringComparison.Ordinal)));
        }

        return new PlotAxis(min, max, false, ticks);
    }

    /// <summary>
    /// A logarithmic axis of times in µs between round numbers, marked in µs, ms and s.
    /// </summary>
    public static PlotAxis LogMicroseconds(double min, double max)
    {
        int first = (int)Math.Floor(RoundIndexOf(Math.Max(min, 0.1)) + 1e-9);
        int last = Math.Max(first + 1, (int)Math.Ceiling(RoundIndexOf(Math.Max(max, 0.1)) - 1e-9));
        // Over more than three decades the marks at 2 and 5 would crowd.
        bool onlyDecades = last - first > 9;
        (double low, double high) = (RoundNumber(first), RoundNumber(last));
        var ticks = new List<PlotTick>();
        for (int index = first; index <= last; index++)
        {
            if (!onlyDecades || index % 3 == 0)
            {
                double place = Math.Log10(RoundNumber(index) / low) / Math.Log10(high / low);
                ticks.Add(new PlotTick(place, Text.FigureText.RoundDuration(RoundNumber(index))));
            }
        }

        return new PlotAxis(low, high, true, ticks);
    }

    /// <summary>An axis of percentiles on which each further nine takes the same room.</summary>
    /// <param name="nines">Number of nines shown, such as 3 for up to 99.9 %.</param>
    public static PlotAxis Percentiles(int nines)
    {
        var ticks = new List<PlotTick> { new(0, "0 %"), new(Math.Log10(2) / nines, "50 %") };
        for (int nine = 1; nine <= nines; nine++)
        {
            string label = nine <= 2
                ? $"{(nine == 1 ? 90 : 99)} %" : $"99.{new string('9', nine - 2)} %";
            ticks.Add(new PlotTick((double)nine / nines, label));
        }

        return new PlotAxis(0, nines, false, ticks);
    }

    /// <summary>Where a value lies on the axis, 0 to 1 within it.</summary>
    public double PlaceOf(double value) => IsLogarithmic
        ? Math.Log10(Math.Max(value, 1e-3) / Min) / Math.Log10(Max / Min)
        : (value - Min) / (Max - Min);

    // The round numbers 1, 2, 5, 10, 20… have the indexes 0, 1, 2, 3, 4….
    private static double RoundNumber(int index)
    {
        int decade = (int)Math.Floor(index / 3.0);
        return Math.Pow(10, decade) * (index - (3 * decade)) switch { 0 => 1, 1 => 2, _ => 5 };
    }

    private static double RoundIndexOf(double value)
    {
        int decade = (int)Math.Floor(Math.Log10(value));
        double lead = value / Math.Pow(10, decade);
        double within = lead < 2 ? lead - 1 : lead < 5 ? 1 + ((lead - 2) / 3) : 1 + (lead / 5);
        return (3 * decade) + within;
    }

    private static double RoundStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double lead = rough / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }
}
