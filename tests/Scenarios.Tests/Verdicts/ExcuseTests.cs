using HilRig.Scenarios.Tests.Fakes;
using HilRig.Testing.Running;
using HilRig.Testing.Verdicts;

namespace HilRig.Scenarios.Tests.Verdicts;

public sealed class ExcuseTests
{
    private const string Punctual = """
        { "loop": { "rateHertz": 250 },
          "latency": { "wake": { "p90_us": 90.5, "p99_us": 3999, "max_us": 900000 } } }
        """;

    private const string Late = """
        { "loop": { "rateHertz": 250 },
          "latency": { "wake": { "p90_us": 90.5, "p99_us": 4001, "max_us": 4001 } } }
        """;

    private const string ShortAndLate = """
        { "loop": { "rateHertz": 250 },
          "latency": { "wake": { "p90_us": 14737, "p99_us": null, "max_us": 110000 } } }
        """;

    private const string NeverBegan = """{ "loop": null, "latency": {} }""";

    private static readonly ScenarioFacts Hardware = new(DrivesHardware: true, MissingInput: null);
    private static readonly ScenarioFacts Virtual = new(DrivesHardware: false, MissingInput: null);

    [TestCase("Pass", 0, Late, null)]
    [TestCase("Fail", 30, Punctual, null)]
    [TestCase("Fail", 30, NeverBegan, null)]
    [TestCase("Fail", 30, Late, "woke 4.0 ms late")]
    [TestCase("Fail", 30, ShortAndLate, "woke 14.7 ms late where the period is 4.0 ms")]
    [TestCase("Inconclusive", 20, Punctual, null)]
    [TestCase("Inconclusive", 20, Late, "too busy")]
    [TestCase("Aborted", 40, Punctual, null)]
    [TestCase("RigError", 50, Punctual, "its rig failed")]
    [TestCase("RigError", 50, NeverBegan, "its rig failed")]
    [TestCase("RigError", 50, ShortAndLate, "too busy")]
    [CancelAfter(60_000)]
    public async Task Only_what_says_nothing_of_the_product_may_run_again(
        string verdict, int code, string runJson, string? excuse)
    {
        (ProgramReport report, ProgramOutput output) = await RunAsync(verdict, code, runJson);
        Assert.That(
            Excuse.Of(report, output, Virtual),
            excuse is null ? Is.Null : Does.Contain(excuse));
        Assert.That(Excuse.Of(report, output, Hardware), Is.Null, "no rig moves twice");
        ProgramOutput cancelled = output with { Cancelled = true };
        Assert.That(Excuse.Of(report, cancelled, Virtual), Is.Null, "its time is up");
    }

    private static async Task<(ProgramReport Report, ProgramOutput Output)> RunAsync(
        string verdict, int code, string runJson)
    {
        using FakeProgram program = FakeProgram.Printing(verdict, code, runJson);
        ProgramOutput output = await new HilRigProgram(program.Path, null)
            .RunAsync([], CancellationToken.None);
        return (ProgramReport.Read(output), output);
    }
}
