using System.Globalization;
using System.Text;

namespace HilRig.Harness.Reporting.Charts;

/// <summary>
/// Turns a series into an SVG path. Where several points fall on one column, only the first,
/// lowest, highest and last are kept: the picture stays the same and the file small.
/// </summary>
internal sealed class LinePath
{
    /// <summary>Size of the drawing area in its own units.</summary>
    public const int Width = 640;

    /// <summary>Height of the drawing area in its own units.</summary>
    public const int Height = 200;

    private readonly StringBuilder _text = new();
    private readonly bool _holds;
    private readonly List<(double X, double Y)> _column = [];
    private bool _isOpen;
    private bool _isSinglePoint;
    private double _lastY;

    private LinePath(bool holds) => _holds = holds;

    public static string Of(PlotSeries series, PlotAxis axisX, PlotAxis axisY)
    {
        var path = new LinePath(series.Holds);
        for (int i = 0; i < series.X.Length; i++)
        {
            double x = axisX.PlaceOf(series.X[i]) * Width;
            double y = (1 - axisY.PlaceOf(series.Y[i])) * Height;
            bool breaks = i > 0 && series.Part is not null && series.Part[i] != series.Part[i - 1];
            path.Add(x, y, breaks);
        }

        path.FlushColumn();
        path.ClosePart();
        return path._text.ToString();
    }

    public static string Of(PlotBand band, PlotAxis axisX, PlotAxis axisY)
    {
        var text = new StringBuilder();
        int start = 0;
        for (int i = 1; i <= band.X.Length; i++)
        {
            if (i == band.X.Length || (band.Part is not null && band.Part[i] != band.Part[i - 1]))
            {
                AppendArea(text, band, start, i, axisX, axisY);
                start = i;
            }
        }

        return text.ToString();
    }

    private static void AppendArea(
        StringBuilder text, PlotBand band, int start, int end, PlotAxis axisX, PlotAxis axisY)
    {
        int stride = Math.Max(1, (end - start) / 400);
        char letter = 'M';
        for (int i = start; i < end; i += stride)
        {
            Append(band.High[i], i);
        }

        for (int i = end - 1; i >= start; i -= stride)
        {
            Append(band.Low[i], i);
        }

        text.Append(letter == 'L' ? "Z" : "");

        void Append(double value, int i)
        {
            if (double.IsFinite(value) && double.IsFinite(band.X[i]))
            {
                double y = Math.Clamp((1 - axisY.PlaceOf(value)) * Height, -Height, 2 * Height);
                Number(text.Append(letter), axisX.PlaceOf(band.X[i]) * Width);
                Number(text.Append(' '), y);
                letter = 'L';
            }
        }
    }

    private static void Number(StringBuilder text, double value) =>
        text.Append(Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture));

    private void Add(double x, double y, bool breaks)
    {
        if (breaks || !double.IsFinite(x) || !double.IsFinite(y))
        {
            FlushColumn();
            ClosePart();
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                return;
            }
        }

        y = Math.Clamp(y, -Height, 2 * Height);
        if (_column.Count > 0 && Math.Floor(x) > Math.Floor(_column[0].X))
        {
            FlushColumn();
        }

        _column.Add((x, y));
    }

    private void FlushColumn()
    {
        if (_column.Count == 0)
        {
            return;
        }

        int low = 0;
        int high = 0;
        for (int i = 1; i < _column.Count; i++)
        {
            low = _column[i].Y < _column[low].Y ? i : low;
            high = _column[i].Y > _column[high].Y ? i : high;
        }

        int last = -1;
        ReadOnlySpan<int> kept = [0, Math.Min(low, high), Math.Max(low, high), _column.Count - 1];
        foreach (int i in kept)
        {
            if (i > last)
            {
                Point(_column[i].X, _column[i].Y);
                last = i;
            }
        }

        _column.Clear();
    }

    // A sample between two gaps has no line; a line of no length with round ends shows it as a dot.
    private void ClosePart()
    {
        _text.Append(_isOpen && _isSinglePoint ? "h0" : "");
        _isOpen = false;
    }

    private void Point(double x, double y)
    {
        if (_isOpen && _holds && y != _lastY)
        {
            Number(_text.Append('L'), x);
            Number(_text.Append(' '), _lastY);
        }

        Number(_text.Append(_isOpen ? 'L' : 'M'), x);
        Number(_text.Append(' '), y);
        _isSinglePoint = !_isOpen;
        _isOpen = true;
        _lastY = y;
    }
}
