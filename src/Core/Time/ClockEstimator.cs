namespace HilRig.Core.Time;

/// <summary>
/// Makes an estimate of a peer's clock from probes: of every few probes the quickest is kept
/// (minimum filter), and the lines that no kept probe contradicts bound offset and skew. Nothing is
/// assumed of the delays but that they are not negative, so a route that is slower one way, queues
/// and changes of route cannot push the truth out of the bounds. For one thread.
/// </summary>
public sealed class ClockEstimator
{
    private const double NanosecondsPerSecond = 1e9;
    private const double NanosecondsPerSecondPerPpm = 1e3;
    private readonly ClockEstimatorOptions _options;
    private readonly ClockCorridor _corridor;
    private readonly ClockProbe[] _points;
    private ClockProbe _quickest;
    private int _probesInPoint;
    private int _first;
    private int _count;
    private long _probeCount;
    private long _restartCount;

    /// <summary>Makes an estimator that knows nothing yet.</summary>
    /// <param name="options">Window and limits; null for the defaults.</param>
    public ClockEstimator(ClockEstimatorOptions? options = null)
    {
        _options = options ?? new ClockEstimatorOptions();
        _options.Validate();
        _points = new ClockProbe[_options.PointCount];
        _corridor = new ClockCorridor(_options.PointCount + 1);
    }

    /// <summary>Takes one probe; later probes were sent later.</summary>
    /// <param name="probe">The four instants.</param>
    /// <returns>False when they contradict one another; the probe is then not used.</returns>
    public bool Add(in ClockProbe probe)
    {
        if (!probe.IsPlausible)
        {
            return false;
        }

        if (_probesInPoint == _options.ProbesPerPoint)
        {
            Keep(_quickest);
            _probesInPoint = 0;
        }

        _probeCount++;
        if (_probesInPoint == 0
            || probe.RoundTripNanoseconds <= _quickest.RoundTripNanoseconds)
        {
            _quickest = probe;
        }

        _probesInPoint++;
        return true;
    }

    /// <summary>States what is known; null before the first probe.</summary>
    public ClockEstimate? Estimate()
    {
        if (_probesInPoint == 0)
        {
            return null;
        }

        long reference = _quickest.LocalReceived;
        long origin = _quickest.OffsetMinNanoseconds;
        double slopeMax = _options.SkewPartsPerMillionMax * NanosecondsPerSecondPerPpm;
        while (!Solve(reference, origin, slopeMax))
        {
            // The newest point alone always fits, so this ends.
            _first = (_first + 1) % _points.Length;
            _count--;
            _restartCount++;
        }

        double slope = 0.5 * (_corridor.SlopeMin + _corridor.SlopeMax);
        double halfSlope = 0.5 * (_corridor.SlopeMax - _corridor.SlopeMin);
        double height = 0.5 * (_corridor.HeightMin + _corridor.HeightMax);
        double halfHeight = 0.5 * (_corridor.HeightMax - _corridor.HeightMin);
        return new ClockEstimate
        {
            ReferenceNanoseconds = reference,
            OffsetNanoseconds = origin + (long)Math.Round(height),
            UncertaintyNanoseconds = (long)Math.Ceiling(halfHeight) + 1,
            SkewPartsPerMillion = slope / NanosecondsPerSecondPerPpm,
            SkewUncertaintyPartsPerMillion =
                (halfSlope / NanosecondsPerSecondPerPpm) + _options.WanderPartsPerMillion,
            MinimumRoundTripNanoseconds = Quickest(),
            ProbeCount = _probeCount,
            RestartCount = _restartCount,
        };
    }

    private void Keep(in ClockProbe point)
    {
        if (_count == _points.Length)
        {
            _first = (_first + 1) % _points.Length;
            _count--;
        }

        _points[(_first + _count) % _points.Length] = point;
        _count++;
    }

    private bool Solve(long reference, long origin, double slopeMax)
    {
        _corridor.Clear();
        for (int i = 0; i < _count; i++)
        {
            AddBound(_points[(_first + i) % _points.Length], reference, origin);
        }

        AddBound(_quickest, reference, origin);
        return _corridor.TrySolve(slopeMax);
    }

    // The older a bound, the further the rate may have wandered from the straight line since.
    private void AddBound(in ClockProbe probe, long reference, long origin)
    {
        double upperTime = (probe.LocalSent - reference) / NanosecondsPerSecond;
        double lowerTime = (probe.LocalReceived - reference) / NanosecondsPerSecond;
        double wander = _options.WanderPartsPerMillion * NanosecondsPerSecondPerPpm;
        _corridor.Add(
            upperTime,
            probe.OffsetMaxNanoseconds - origin - (wander * upperTime),
            lowerTime,
            probe.OffsetMinNanoseconds - origin + (wander * lowerTime));
    }

    private long Quickest()
    {
        long quickest = _quickest.RoundTripNanoseconds;
        for (int i = 0; i < _count; i++)
        {
            quickest = Math.Min(
                quickest, _points[(_first + i) % _points.Length].RoundTripNanoseconds);
        }

        return quickest;
    }
}
