using System.Text.Json;

namespace HilRig.Rig.Tests.Processes;

/// <summary>
/// `hilrig bench stop`, short: real processes of a moving arm are killed and frozen, each cause
/// once. Bounds are loose, for a machine that is shared; the bench itself measures.
/// </summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class StopTimeTests
{
    private const double SlackMilliseconds = 3000;

    [Test]
    [CancelAfter(300_000)]
    public void Whatever_dies_the_arm_stands_soon_after_the_deadman_and_nothing_is_left_behind()
    {
        using HilrigRun bench = HilrigRun.Start("bench", "stop", "--kills", "5", "--json");

        Assert.That(bench.AwaitExit(TimeSpan.FromSeconds(280)), Is.Zero, bench.Error);

        using JsonDocument json = JsonDocument.Parse(bench.Output);
        double deadman = json.RootElement.GetProperty("deadman_ms").GetDouble();
        JsonElement.ArrayEnumerator causes =
            json.RootElement.GetProperty("causes").EnumerateArray();
        Assert.That(causes.Count(), Is.EqualTo(5));
        Assert.Multiple(() =>
        {
            // Beside other tests the number of a pseudo-terminal that is gone may be given to
            // another arm at once; the guardian cannot tell, so it may confirm a bus that is gone.
            foreach (JsonElement row in causes)
            {
                string cause = row.GetProperty("cause").GetString()!;
                Assert.That(row.GetProperty("stoppedCount").GetInt32(), Is.EqualTo(1), cause);
                Assert.That(
                    row.GetProperty("acknowledgedCount").GetInt32(),
                    cause == "BusGone" ? Is.AnyOf(0, 1) : Is.EqualTo(1),
                    cause);
                Assert.That(row.GetProperty("leftBehindCount").GetInt32(), Is.Zero, cause);
                if (row.GetProperty("disturbedCount").GetInt32() == 0)
                {
                    Assert.That(
                        row.GetProperty("stopped_max_ms").GetDouble(),
                        Is.LessThan(deadman + SlackMilliseconds),
                        cause);
                }
            }

            Assert.That(
                json.RootElement.GetProperty("all").GetProperty("disturbedCount").GetInt32(),
                Is.LessThan(3),
                bench.Error);
        });
    }
}
