using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Charts;

/// <summary>
/// The error of one joint over time: the real position minus the twin's, or minus the command where
/// there is no twin, taken at the instants the real joint was sampled; and the tolerance band in
/// the same coordinates.
/// </summary>
internal sealed class ErrorSeries
{
    private readonly RunTrace _trace;
    private readonly double[] _referenceTime;
    private readonly double[] _reference;

    private ErrorSeries(RunTrace trace, double[] referenceTime, double[] reference)
    {
        _trace = trace;
        _referenceTime = referenceTime;
        _reference = reference;
        Error = new double[reference.Length];
        Array.Fill(Error, double.NaN);
    }

    /// <summary>
    /// Real minus reference at each tick; NaN where either is missing. Shape [tick].
    /// </summary>
    public double[] Error { get; }

    /// <summary>Largest size of the error; 0 when there is none.</summary>
    public double Largest { get; private set; }

    public static ErrorSeries AgainstTwin(RunTrace trace, JointTrace joint) =>
        Compute(new ErrorSeries(trace, trace.TwinTimeSeconds, joint.TwinPosition), joint);

    public static ErrorSeries AgainstCommand(RunTrace trace, JointTrace joint) =>
        Compute(new ErrorSeries(trace, trace.TimeSeconds, joint.Command), joint);

    /// <summary>
    /// The band around the reference, as errors: from the lowest to the highest value that the
    /// tolerances allow, minus the reference itself.
    /// </summary>
    public PlotBand BandOf(BandFigure figure)
    {
        double[] time = _trace.RealTimeSeconds;
        double[] low = new double[time.Length];
        double[] high = new double[time.Length];
        for (int i = 0; i < time.Length; i++)
        {
            double center = ReferenceAt(time[i], i);
            low[i] = high[i] = double.NaN;
            int first = i;
            while (first > 0 && IsNear(first - 1, i, time[i] - figure.LaggingSeconds))
            {
                first--;
            }

            (double min, double max) = (
                center - Tolerance(figure, center), center + Tolerance(figure, center));
            for (int k = first; k < time.Length && _trace.Repeat[k] == _trace.Repeat[i]; k++)
            {
                if (_referenceTime[k] > time[i] + figure.LeadingSeconds)
                {
                    break;
                }

                if (_referenceTime[k] >= time[i] - figure.LaggingSeconds)
                {
                    min = Math.Min(min, _reference[k] - Tolerance(figure, _reference[k]));
                    max = Math.Max(max, _reference[k] + Tolerance(figure, _reference[k]));
                }
            }

            (low[i], high[i]) = (min - center, max - center);
        }

        return new PlotBand(time, low, high, _trace.Repeat);
    }

    private static double Tolerance(BandFigure figure, double reference) =>
        figure.Absolute + (figure.Relative * Math.Abs(reference));

    private static ErrorSeries Compute(ErrorSeries series, JointTrace joint)
    {
        for (int i = 0; i < series.Error.Length; i++)
        {
            double error = joint.RealPosition[i] - series.ReferenceAt(
                series._trace.RealTimeSeconds[i], i);
            series.Error[i] = error;
            series.Largest = Math.Max(series.Largest, double.IsNaN(error) ? 0 : Math.Abs(error));
        }

        return series;
    }

    private bool IsNear(int row, int of, double since) =>
        _trace.Repeat[row] == _trace.Repeat[of] && _referenceTime[row] >= since;

    // Linear interpolation within the repeat. The reference of row i lies a few rows away at most,
    // so a short walk finds the two samples around the instant.
    private double ReferenceAt(double time, int row)
    {
        int right = row;
        while (right > 0 && _trace.Repeat[right - 1] == _trace.Repeat[row]
            && _referenceTime[right] > time)
        {
            right--;
        }

        while (right < _reference.Length && _trace.Repeat[right] == _trace.Repeat[row]
            && _referenceTime[right] < time)
        {
            right++;
        }

        if (right == _reference.Length || _trace.Repeat[right] != _trace.Repeat[row])
        {
            return _reference[right - 1];
        }

        if (right == 0 || _trace.Repeat[right - 1] != _trace.Repeat[row])
        {
            return _referenceTime[right] - time < 1e-6 ? _reference[right] : double.NaN;
        }

        double fraction = (time - _referenceTime[right - 1])
            / (_referenceTime[right] - _referenceTime[right - 1]);
        return _reference[right - 1] + (fraction * (_reference[right] - _reference[right - 1]));
    }
}
