using System.Globalization;
using System.Net;
using System.Text;

namespace HilRig.Learning.Comparison.Plots;

/// <summary>
/// Learning curves of one task as an SVG that brings its own colours for light and dark: mean over
/// seeds as a line with the method's name at its end, lowest to highest seed as a band, a method
/// without steps as a dashed line.
/// </summary>
internal sealed class CurvePlot
{
    private const int LineHeight = 17;
    private const int ColorCount = 6;

    private const string Style = """
        <style>
        svg{--paper:#fff;--ink:#1c2128;--soft:#5d6673;--grid:#e3e6ea}
        .c0{--c:#0b5fa5}.c1{--c:#c24e00}.c2{--c:#00795a}
        .c3{--c:#9c3d76}.c4{--c:#846000}.c5{--c:#4d5562}
        @media(prefers-color-scheme:dark){
        svg{--paper:#15181d;--ink:#e8ebef;--soft:#a2abb8;--grid:#2e343d}
        .c0{--c:#5fb0f2}.c1{--c:#ff8b45}.c2{--c:#38cfa0}
        .c3{--c:#e48fc3}.c4{--c:#e0b341}.c5{--c:#b6bec9}}
        .paper{fill:var(--paper)}.grid{stroke:var(--grid);fill:none}
        text{font:13px system-ui,sans-serif;fill:var(--soft)}
        .title{font-size:15px;font-weight:600;fill:var(--ink)}
        .band{fill:var(--c);opacity:.14;stroke:none}
        .line{stroke:var(--c);stroke-width:2.2;fill:none;stroke-linejoin:round}
        .flat,.again{stroke-dasharray:6 4}
        .name{fill:var(--c);font-weight:600}
        .setting{font-weight:400;font-size:11px}.lead{stroke:var(--c);fill:none;opacity:.5}
        </style>

        """;

    private readonly IReadOnlyList<string> _methods;
    private readonly CurveScale _scale;
    private readonly StringBuilder _text = new();

    private CurvePlot(IReadOnlyList<string> methods, CurveScale scale)
    {
        _methods = methods;
        _scale = scale;
    }

    /// <summary>Draws a task.</summary>
    /// <param name="task">Its name.</param>
    /// <param name="curves">Its curves.</param>
    /// <param name="methods">All methods, so that each has its colour in every plot.</param>
    public static string Draw(
        string task, IReadOnlyList<MeanCurve> curves, IReadOnlyList<string> methods)
    {
        long stepsMax = Math.Max(1, curves.Max(curve => curve.Points[^1].Steps));
        var plot = new CurvePlot(methods, new CurveScale(stepsMax));
        plot.Begin(task, WidthFor(curves));
        foreach (MeanCurve curve in curves.Where(curve => curve.Points.Count > 1))
        {
            plot.Band(curve);
        }

        foreach (MeanCurve curve in curves)
        {
            plot.Line(curve);
        }

        plot.Names(curves);
        return plot._text.Append("</svg>\n").ToString();
    }

    // As wide as the longest name needs at the widths of its letters.
    private static int WidthFor(IReadOnlyList<MeanCurve> curves)
    {
        int longest = curves.Max(curve => LinesOf(curve).Max(line => line.Length));
        return Math.Max(700, CurveScale.Right + 24 + (int)(7.6 * longest));
    }

    // The name with its score, then one line a setting.
    private static string[] LinesOf(MeanCurve curve)
    {
        string[] words = curve.Method.Split(' ');
        double percent = Math.Round(100 * curve.Points[^1].Mean);
        words[0] += string.Create(CultureInfo.InvariantCulture, $" {percent} %");
        return words;
    }

    private void Begin(string task, int width)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} ");
        Add($"{CurveScale.Height}\" width=\"{width}\" role=\"img\" ");
        Add($"aria-label=\"Learning curves of {WebUtility.HtmlEncode(task)}\">\n{Style}");
        Add($"<rect class=\"paper\" width=\"{width}\" ");
        Add($"height=\"{CurveScale.Height}\"/>\n");
        Add($"<text class=\"title\" x=\"{CurveScale.Left}\" y=\"24\">");
        Add($"{WebUtility.HtmlEncode(task)}: success over steps of the environment</text>\n");
        for (int percent = 0; percent <= 100; percent += 20)
        {
            string y = CurveScale.Text(CurveScale.Y(percent / 100.0));
            Add($"<path class=\"grid\" d=\"M{CurveScale.Left} {y}H{CurveScale.Right}\"/>");
            Add($"<text x=\"{CurveScale.Left - 8}\" y=\"{y}\" dy=\"4\" ");
            Add($"text-anchor=\"end\">{percent} %</text>\n");
        }

        foreach (long mark in _scale.Marks)
        {
            string x = CurveScale.Text(_scale.X(mark));
            Add($"<text x=\"{x}\" y=\"{CurveScale.Bottom + 20}\" text-anchor=\"middle\">");
            Add($"{mark.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ')}</text>");
        }

        Add($"\n<text x=\"{CurveScale.Left}\" y=\"{CurveScale.Height - 8}\">");
        Add($"line: mean over seeds; band: lowest to highest seed</text>\n");
    }

    private void Band(MeanCurve curve)
    {
        Add($"<path class=\"band {Color(curve.Method)}\" d=\"");
        char letter = 'M';
        foreach (MeanCurve.Point point in curve.Points)
        {
            Place(letter, point.Steps, point.Highest);
            letter = 'L';
        }

        foreach (MeanCurve.Point point in curve.Points.Reverse())
        {
            Place(letter, point.Steps, point.Lowest);
        }

        Add($"Z\"/>\n");
    }

    private void Line(MeanCurve curve)
    {
        int index = IndexOf(curve.Method);
        string dash = curve.Points.Count == 1 ? " flat" : index >= ColorCount ? " again" : "";
        Add($"<path class=\"line {Color(curve.Method)}{dash}\" d=\"");
        char letter = 'M';
        foreach (MeanCurve.Point point in curve.Points)
        {
            Place(letter, point.Steps, point.Mean);
            letter = 'L';
        }

        Add(curve.Points.Count == 1 ? $"H{CurveScale.Right}\"/>\n" : (FormattableString)$"\"/>\n");
    }

    // Names stand at the ends of their lines, moved apart where these are close.
    private void Names(IReadOnlyList<MeanCurve> curves)
    {
        MeanCurve[] down = [.. curves.OrderByDescending(curve => curve.Points[^1].Mean)];
        double[] heights = [.. down.Select(curve => LineHeight * (double)LinesOf(curve).Length)];
        double[] places = Apart(
            [.. down.Select(curve => CurveScale.Y(curve.Points[^1].Mean))], heights);
        for (int k = 0; k < down.Length; k++)
        {
            Name(down[k], places[k]);
        }
    }

    private static double[] Apart(double[] ends, double[] heights)
    {
        double[] places = [.. ends];
        for (int k = 1; k < places.Length; k++)
        {
            places[k] = Math.Max(places[k], places[k - 1] + heights[k - 1]);
        }

        double next = CurveScale.Height;
        for (int k = places.Length - 1; k >= 0; k--)
        {
            places[k] = Math.Min(places[k], next - heights[k]);
            next = places[k];
        }

        return places;
    }

    private void Name(MeanCurve curve, double place)
    {
        string color = Color(curve.Method);
        MeanCurve.Point end = curve.Points[^1];
        double x = curve.Points.Count == 1 ? CurveScale.Right : _scale.X(end.Steps);
        Add($"<path class=\"lead {color}\" d=\"M{CurveScale.Text(x)} ");
        Add($"{CurveScale.Text(CurveScale.Y(end.Mean))}L{CurveScale.Right + 12} ");
        Add($"{CurveScale.Text(place)}\"/>");
        string[] lines = LinesOf(curve);
        for (int k = 0; k < lines.Length; k++)
        {
            string setting = k > 0 ? " setting" : "";
            Add($"<text class=\"name {color}{setting}\" x=\"{CurveScale.Right + 16}\" ");
            Add($"y=\"{CurveScale.Text(place + (k * LineHeight))}\" dy=\"4\">");
            Add($"{WebUtility.HtmlEncode(lines[k])}</text>\n");
        }
    }

    private int IndexOf(string method) =>
        _methods.TakeWhile(known => known != method).Count();

    private string Color(string method) =>
        string.Create(CultureInfo.InvariantCulture, $"c{IndexOf(method) % ColorCount}");

    private void Place(char letter, long steps, double share) => Add(
        $"{letter}{CurveScale.Text(_scale.X(steps))} {CurveScale.Text(CurveScale.Y(share))}");

    private void Add(FormattableString text) => _text.Append(FormattableString.Invariant(text));
}
