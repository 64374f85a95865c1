using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Harness.Results;

namespace HilRig.Harness.Tests.Results;

internal sealed class ResultJsonTests
{
    private static RunResult Run(Verdict verdict) => RunResult.WithoutLoop(
        "scenarios/x.yaml", verdict, "because", DateTimeOffset.UnixEpoch) with
    {
        Divergence = new Dictionary<string, DivergenceFigure>
        {
            ["joint/elbow/position"] = new()
            {
                Unit = "rad",
                Rmse = 0.25,
                DelayMilliseconds = 12,
                RmseInterval = new Interval(0.2, 0.3),
            },
        },
    };

    [Test]
    public void The_suite_object_has_every_key_of_the_contract()
    {
        string json = ResultJson.Write(SuiteSummary.From([Run(Verdict.Fail)]));
        JsonElement root = JsonDocument.Parse(json).RootElement;
        JsonElement run = root.GetProperty("runs")[0];
        JsonElement divergence = run.GetProperty("divergence").GetProperty("joint/elbow/position");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(root.GetProperty("verdict").GetString(), Is.EqualTo("Fail"));
            Assert.That(root.GetProperty("exitCode").GetInt32(), Is.EqualTo(30));
            Assert.That(run.GetProperty("scenario").GetString(), Is.EqualTo("scenarios/x.yaml"));
            Assert.That(run.GetProperty("recording").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(run.GetProperty("report").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(run.GetProperty("missedTicks").GetInt64(), Is.Zero);
            foreach (string hop in new[]
            {
                "wake", "stateRead", "policy", "commandSend", "agentReceive", "busWrite",
                "busReply", "stateReceive", "twinStep", "record", "endToEnd",
            })
            {
                JsonElement figure = run.GetProperty("latency").GetProperty(hop);
                Assert.That(figure.GetProperty("count").GetInt64(), Is.Zero);
                foreach (string key in new[] { "p50_us", "p90_us", "p99_us", "p999_us", "max_us" })
                {
                    Assert.That(figure.GetProperty(key).ValueKind, Is.EqualTo(JsonValueKind.Null));
                }
            }

            foreach (string key in new[]
            {
                "unit", "rmse", "mae", "maxAbs", "offset", "gain", "delay_ms", "residualRmse",
                "noiseFloorRmse",
            })
            {
                Assert.That(divergence.TryGetProperty(key, out _), Is.True, key);
            }

            Assert.That(divergence.GetProperty("delay_ms").GetDouble(), Is.EqualTo(12));
        }
    }

    [Test]
    public void A_suite_is_as_bad_as_its_worst_run()
    {
        SuiteSummary suite = SuiteSummary.From(
            [Run(Verdict.Pass), Run(Verdict.RigError), Run(Verdict.Fail)]);
        Assert.That((suite.Verdict, suite.ExitCode), Is.EqualTo((Verdict.RigError, 50)));
    }

    [Test]
    public void Inconclusive_exits_with_what_the_user_asked_for()
    {
        SuiteSummary suite = SuiteSummary.From([Run(Verdict.Inconclusive)], 0);
        Assert.That((suite.Verdict, suite.ExitCode), Is.EqualTo((Verdict.Inconclusive, 0)));
    }

    [Test]
    public void Run_json_reads_back_as_it_was_written()
    {
        RunResult run = Run(Verdict.Fail);
        RunResult read = ResultJson.ReadRun(ResultJson.Write(run));
        Assert.That(
            read.Divergence["joint/elbow/position"],
            Is.EqualTo(run.Divergence["joint/elbow/position"]));
        Assert.That(ResultJson.Write(read), Is.EqualTo(ResultJson.Write(run)));
    }

    [Test]
    public void A_newer_schema_is_refused()
    {
        string json = ResultJson.Write(Run(Verdict.Pass) with { SchemaVersion = 999 });
        Assert.That(() => ResultJson.ReadRun(json), Throws.TypeOf<ProtocolException>());
    }

    [Test]
    public void Text_that_is_no_result_is_refused()
    {
        Assert.That(() => ResultJson.ReadSuite("Killed"), Throws.TypeOf<ProtocolException>());
    }

    [TestCase(50, ExpectedResult = 20)]
    [TestCase(99, ExpectedResult = 1000)]
    [TestCase(99.9, ExpectedResult = 10000)]
    public long A_percentile_needs_ten_samples_above_it(double percentile) =>
        LatencyFigure.SamplesNeeded(percentile);
}
