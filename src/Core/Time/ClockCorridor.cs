namespace HilRig.Core.Time;

/// <summary>
/// All straight lines (offset over time) that no probe contradicts: below every upper bound and
/// above every lower one. Their extremes at time zero bound the offset, the extremes of their
/// slopes bound the skew. This is the linear programme of Moon, Skelly and Towsley ("Estimation and
/// removal of clock skew from network delay measurements", 1999), taken from both sides at once.
/// </summary>
/// <remarks>
/// For a slope b, the heights at time zero lie between max(Lᵢ − b·sᵢ) and min(Uᵢ − b·tᵢ). The
/// difference of the two is concave in b, so its maximum is found by golden section, and the slopes
/// where it is zero by bisection. Times in s, offsets in ns, slopes in ns/s. Allocates nothing.
/// </remarks>
internal sealed class ClockCorridor
{
    private const int SearchSteps = 90;
    private const double GoldenRatio = 0.6180339887498949;
    private readonly double[] _upperTime;
    private readonly double[] _upper;
    private readonly double[] _lowerTime;
    private readonly double[] _lower;
    private int _count;

    /// <summary>Makes an empty corridor.</summary>
    /// <param name="capacity">Most probes it takes.</param>
    public ClockCorridor(int capacity)
    {
        _upperTime = new double[capacity];
        _upper = new double[capacity];
        _lowerTime = new double[capacity];
        _lower = new double[capacity];
    }

    /// <summary>Smallest offset at time zero, ns.</summary>
    public double HeightMin { get; private set; }

    /// <summary>Largest offset at time zero, ns.</summary>
    public double HeightMax { get; private set; }

    /// <summary>Smallest slope, ns/s.</summary>
    public double SlopeMin { get; private set; }

    /// <summary>Largest slope, ns/s.</summary>
    public double SlopeMax { get; private set; }

    /// <summary>Forgets every probe.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds what one probe says.</summary>
    /// <param name="upperTime">When the upper bound held, s.</param>
    /// <param name="upper">The offset was at most this, ns.</param>
    /// <param name="lowerTime">When the lower bound held, s.</param>
    /// <param name="lower">The offset was at least this, ns.</param>
    public void Add(double upperTime, double upper, double lowerTime, double lower)
    {
        _upperTime[_count] = upperTime;
        _upper[_count] = upper;
        _lowerTime[_count] = lowerTime;
        _lower[_count] = lower;
        _count++;
    }

    /// <summary>Finds the extremes.</summary>
    /// <param name="slopeMax">Largest slope that is believed, either sign, ns/s.</param>
    /// <returns>False when no line fits.</returns>
    public bool TrySolve(double slopeMax)
    {
        double best = Peak(-slopeMax, slopeMax, Quantity.Gap);
        if (Gap(best) < 0)
        {
            return false;
        }

        SlopeMin = Edge(best, -slopeMax);
        SlopeMax = Edge(best, slopeMax);
        HeightMax = Ceiling(Peak(SlopeMin, SlopeMax, Quantity.Ceiling));
        HeightMin = Floor(Peak(SlopeMin, SlopeMax, Quantity.Depth));
        return true;
    }

    private enum Quantity
    {
        Gap,
        Ceiling,
        Depth,
    }

    private double Peak(double from, double to, Quantity quantity)
    {
        double left = to - ((to - from) * GoldenRatio);
        double right = from + ((to - from) * GoldenRatio);
        double atLeft = Value(quantity, left);
        double atRight = Value(quantity, right);
        for (int i = 0; i < SearchSteps; i++)
        {
            if (atLeft > atRight)
            {
                to = right;
                (right, atRight) = (left, atLeft);
                left = to - ((to - from) * GoldenRatio);
                atLeft = Value(quantity, left);
            }
            else
            {
                from = left;
                (left, atLeft) = (right, atRight);
                right = from + ((to - from) * GoldenRatio);
                atRight = Value(quantity, right);
            }
        }

        return 0.5 * (from + to);
    }

    private double Edge(double inside, double outside)
    {
        if (Gap(outside) >= 0)
        {
            return outside;
        }

        for (int i = 0; i < SearchSteps; i++)
        {
            double middle = 0.5 * (inside + outside);
            if (Gap(middle) >= 0)
            {
                inside = middle;
            }
            else
            {
                outside = middle;
            }
        }

        return outside;
    }

    private double Value(Quantity quantity, double slope) => quantity switch
    {
        Quantity.Gap => Gap(slope),
        Quantity.Ceiling => Ceiling(slope),
        Quantity.Depth => -Floor(slope),
    };

    private double Gap(double slope) => Ceiling(slope) - Floor(slope);

    private double Ceiling(double slope)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < _count; i++)
        {
            least = Math.Min(least, _upper[i] - (slope * _upperTime[i]));
        }

        return least;
    }

    private double Floor(double slope)
    {
        double most = double.NegativeInfinity;
        for (int i = 0; i < _count; i++)
        {
            most = Math.Max(most, _lower[i] - (slope * _lowerTime[i]));
        }

        return most;
    }
}
