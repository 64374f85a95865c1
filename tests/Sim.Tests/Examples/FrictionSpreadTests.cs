using System.Globalization;
using System.Text.RegularExpressions;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Examples;

/// <summary>The example page: its code is what runs here, and its plot is what came out.</summary>
internal sealed partial class FrictionSpreadTests
{
    private const double PixelsMax = 1.5;

    private static string Page =>
        File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "examples", "friction-spread.md"));

    [Test]
    public void The_code_of_the_page_is_the_code_that_runs()
    {
        string source = Bare(File.ReadAllText(Path.Combine(
            TestFiles.Root, "tests", "Sim.Tests", "Examples", "FrictionSpread.cs")));
        MatchCollection cells = CodeBlock().Matches(Page);
        Assert.That(cells, Has.Count.EqualTo(4));
        int at = 0;
        foreach (Match cell in cells)
        {
            int found = source.IndexOf(Bare(cell.Groups[1].Value), at, StringComparison.Ordinal);
            Assert.That(found, Is.GreaterThanOrEqualTo(at), cell.Groups[1].Value);
            at = found;
        }
    }

    [Test]
    public void The_plot_of_the_page_is_what_comes_out()
    {
        float[][] angles = FrictionSpread.Run(TestFiles.ShippedModels);
        string fresh = SpreadPlot.Draw(angles, 0.01);
        string place = Path.Combine(TestContext.CurrentContext.WorkDirectory, "friction.svg");
        File.WriteAllText(place, fresh);
        string kept = File.ReadAllText(Path.Combine(
            TestFiles.Root, "docs", "examples", "friction-spread.svg"));
        double[] expected = Numbers(kept);
        double[] found = Numbers(fresh);
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        double worst = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.That(
            worst, Is.LessThan(PixelsMax), $"the plot has moved; the new one is at {place}");
    }

    private static double[] Numbers(string svg) =>
    [
        .. PlotPoints().Matches(svg)
            .SelectMany(points => points.Groups[1].Value.Split(' ', ','))
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private static string Bare(string text) => string.Join(
        '\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("points=\"([^\"]*)\"")]
    private static partial Regex PlotPoints();
}
