namespace HilRig.Sim.Tests.Parity;

/// <summary>docs/parity.md holds what is measured.</summary>
internal sealed class ParityPageTests
{
    // Another processor rounds otherwise; a jump beyond this is a change to explain.
    private const double Growth = 10;
    private const double RoundOff = 1e-13;

    [Test]
    [CancelAfter(300_000)]
    public void The_page_holds_what_is_measured()
    {
        if (!FixtureSet.Full)
        {
            Requirement.Unmet("node", "the table needs all states of the fixtures");
        }

        string[] measured = [.. ParityPage.Measure()];
        if (Environment.GetEnvironmentVariable("HILRIG_PARITY_PAGE") == "write")
        {
            ParityPage.Write(measured);
        }

        string[] kept = ParityPage.Read();
        Assert.That(
            kept.Select(ParityPage.Head),
            Is.EqualTo(measured.Select(ParityPage.Head)),
            "rows of the table; write it anew with HILRIG_PARITY_PAGE=write");
        for (int row = 2; row < measured.Length; row++)
        {
            double[] now = ParityPage.Numbers(measured[row]);
            double[] then = ParityPage.Numbers(kept[row]);
            for (int gate = 0; gate < now.Length; gate++)
            {
                Assert.That(
                    now[gate], Is.Not.GreaterThan((Growth * then[gate]) + RoundOff), kept[row]);
            }
        }
    }
}
