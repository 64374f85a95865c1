using System.Text.Json;
using HilRig.Rig.Tests.Processes;

namespace HilRig.Rig.Tests.Doctor;

/// <summary>
/// The benches run and say what they must; their speed is nobody's business here.
/// </summary>
[Platform("Linux")]
internal sealed class BenchCommandTests
{
    private const int Inconclusive = 20;

    [Test]
    [CancelAfter(60_000)]
    public void The_loop_bench_runs_beside_cyclictest_and_allocates_nothing()
    {
        JsonElement result = Run("loop", "--pairs", "1", "--seconds", "0.2");
        JsonElement pair = result.GetProperty("pairs")[0];
        Assert.That(pair.GetProperty("loop").GetProperty("count").GetInt32(), Is.EqualTo(200));
        Assert.That(
            pair.GetProperty("cyclictest").GetProperty("count").GetInt32(), Is.EqualTo(200));
        Assert.That(result.GetProperty("allocatedBytes").GetInt64(), Is.Zero);
        Assert.That(Met(result), Has.None.False, "fewer than seven pairs judge no ratio");
    }

    [Test]
    [CancelAfter(60_000)]
    public void The_serial_bench_checks_every_byte_of_six_servos_and_allocates_nothing()
    {
        JsonElement result = Run("serial", "--pairs", "1", "--cycles", "300");
        JsonElement pair = result.GetProperty("pairs")[0];
        Assert.That(pair.GetProperty("driver").GetProperty("count").GetInt32(), Is.EqualTo(300));
        Assert.That(pair.GetProperty("client").GetProperty("count").GetInt32(), Is.EqualTo(300));
        Assert.That(result.GetProperty("failedCycles").GetInt64(), Is.Zero);
        Assert.That(result.GetProperty("allocatedBytesPerCycle").GetDouble(), Is.Zero);
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_call_of_the_policy_allocates_nothing()
    {
        JsonElement result = Run("policy", "--calls", "100");
        Assert.That(
            result.GetProperty("figures").EnumerateArray()
                .Single(figure => figure.GetProperty("unit").GetString() == "bytes")
                .GetProperty("value").GetDouble(),
            Is.Zero);
    }

    private static JsonElement Run(string bench, params string[] arguments)
    {
        (int exitCode, string output, string error) =
            HilrigRun.ToEnd(["bench", bench, .. arguments, "--json"]);
        if (exitCode == Inconclusive)
        {
            Requirement.Unmet("cxx", error);
        }

        Assert.That(exitCode, Is.Zero, error);
        using JsonDocument document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static IEnumerable<bool?> Met(JsonElement result) =>
        result.GetProperty("figures").EnumerateArray()
            .Select(figure => figure.GetProperty("met"))
            .Select(met => met.ValueKind == JsonValueKind.Null ? (bool?)null : met.GetBoolean());
}
