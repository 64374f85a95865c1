using System.Globalization;

namespace HilRig.Learning.Comparison.Plots;

/// <summary>Where steps and shares are in a plot, in its pixels.</summary>
/// <param name="StepsMax">Steps at its right end.</param>
internal sealed record CurveScale(long StepsMax)
{
    /// <summary>Height of the plot with its labels.</summary>
    public const int Height = 380;

    /// <summary>Left end of the axes.</summary>
    public const int Left = 56;

    /// <summary>Right end of the axes.</summary>
    public const int Right = 560;

    /// <summary>Top of the axes.</summary>
    public const int Top = 44;

    /// <summary>Bottom of the axes.</summary>
    public const int Bottom = 332;

    /// <summary>Steps at the marks of the horizontal axis.</summary>
    public IEnumerable<long> Marks
    {
        get
        {
            double rough = StepsMax / 6.0;
            double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            double digit = rough / power;
            long step = (long)(power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10));
            for (long mark = 0; mark <= StepsMax; mark += Math.Max(1, step))
            {
                yield return mark;
            }
        }
    }

    /// <summary>Horizontal place of a number of steps.</summary>
    public double X(long steps) => Left + ((Right - Left) * (steps / (double)StepsMax));

    /// <summary>Vertical place of a share.</summary>
    public static double Y(double share) => Bottom - ((Bottom - Top) * share);

    /// <summary>A place as SVG writes it.</summary>
    public static string Text(double place) =>
        Math.Round(place, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
