using System.Globalization;
using System.Text;

namespace HilRig.Sim.Tests.Examples;

/// <summary>Bands of percentiles over time, as SVG.</summary>
internal sealed class SpreadPlot
{
    private const double Width = 760;
    private const double Height = 400;
    private const double Left = 64;
    private const double Right = 150;
    private const double Top = 48;
    private const double Bottom = 52;
    private const double Low = 24;
    private const double High = 44;
    private readonly StringBuilder _svg = new();
    private readonly double[][] _sorted;
    private readonly double _frameSeconds;
    private double _lastLabel;

    private SpreadPlot(float[][] values, double frameSeconds)
    {
        _sorted = [.. values.Select(row => Array.ConvertAll(row, x => (double)x))];
        Array.ForEach(_sorted, Array.Sort);
        _frameSeconds = frameSeconds;
    }

    /// <summary>Draws the plot.</summary>
    /// <param name="values">Shape [frame, env].</param>
    /// <param name="frameSeconds">Time between two frames, s.</param>
    public static string Draw(float[][] values, double frameSeconds)
    {
        var plot = new SpreadPlot(values, frameSeconds);
        plot.DrawFrame();
        plot.DrawBands();
        return plot._svg.ToString();
    }

    private void DrawFrame()
    {
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\"");
        Line($" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#222\">");
        Line($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Line($"<text x=\"{Left}\" y=\"24\" font-size=\"15\">4096 arms, joint friction from");
        Line($" a tenth to ten times the model's: the elbow goes to 34.4°</text>");
        Line($"<clipPath id=\"frame\"><rect x=\"{Left}\" y=\"{Top}\"");
        Line($" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\"/></clipPath>");
        for (double y = Low; y <= High; y += 4)
        {
            Line($"<path d=\"M{Left} {Y(y):F1}H{Width - Right}\" stroke=\"#ddd\"/>");
            Line($"<text x=\"{Left - 8}\" y=\"{Y(y) + 4:F1}\" text-anchor=\"end\">{y}°</text>");
        }

        for (int tick = 0; tick <= 6; tick++)
        {
            double t = tick * 0.25;
            Line($"<text x=\"{X(t):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">");
            Line($"{t:0.##}</text>");
        }

        Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\"");
        Line($" text-anchor=\"middle\">time, s</text>");
    }

    private void DrawBands()
    {
        Line($"<g clip-path=\"url(#frame)\">");
        Band(0, 1, "#dbe9f6");
        Band(0.05, 0.95, "#9ecae1");
        Band(0.25, 0.75, "#4292c6");
        Line($"<polyline id=\"median\" fill=\"none\" stroke=\"#08306b\" stroke-width=\"2\"");
        Line($" points=\"{Points(0.5)}\"/></g>");
        Label(1, "largest");
        Label(0.95, "95 %");
        Label(0.75, "75 %");
        Label(0.5, "median");
        Label(0, "smallest");
        Line($"</svg>");
    }

    private double X(double t) =>
        Left + (t / (_sorted.Length * _frameSeconds) * (Width - Left - Right));

    private static double Y(double value) =>
        Top + ((High - value) / (High - Low) * (Height - Top - Bottom));

    private double At(int frame, double share) =>
        _sorted[frame][(int)Math.Round(share * (_sorted[frame].Length - 1))];

    private string Points(double share) => string.Join(
        ' ',
        Enumerable.Range(0, _sorted.Length).Select(frame => Format(
            $"{X((frame + 1) * _frameSeconds):F1},{Y(At(frame, share)):F1}")));

    private void Band(double low, double upper, string color)
    {
        string back = string.Join(' ', Points(low).Split(' ').Reverse());
        Line($"<polygon fill=\"{color}\" points=\"{Points(upper)} {back}\"/>");
    }

    // No label covers the one above it.
    private void Label(double share, string text)
    {
        double value = At(_sorted.Length - 1, share);
        _lastLabel = Math.Max(Y(value) + 4, _lastLabel + 15);
        Line($"<text x=\"{Width - Right + 8}\" y=\"{_lastLabel:F1}\">{text} {value:F1}°</text>");
    }

    private void Line(FormattableString line) => _svg.Append(Format(line)).Append('\n');

    private static string Format(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
