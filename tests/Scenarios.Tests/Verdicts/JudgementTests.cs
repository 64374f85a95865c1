using HilRig.Scenarios.Tests.Fakes;
using HilRig.Testing.Running;
using HilRig.Testing.Verdicts;

namespace HilRig.Scenarios.Tests.Verdicts;

public sealed class JudgementTests
{
    private static readonly ScenarioFacts Hardware = new(DrivesHardware: true, MissingInput: null);
    private static readonly ScenarioFacts Virtual = new(DrivesHardware: false, MissingInput: null);
    private static readonly Requirements Nothing = Requirements.Parse("", "");

    [TestCase("Pass", 0, "Pass")]
    [TestCase("Fail", 30, "Fail")]
    [TestCase("Inconclusive", 20, "Inconclusive")]
    [TestCase("Inconclusive", 0, "Inconclusive")]
    [TestCase("Aborted", 40, "Skip")]
    [TestCase("RigError", 50, "Skip")]
    [CancelAfter(20000)]
    public async Task On_hardware_of_ones_own_each_verdict_has_its_outcome(
        string verdict, int code, string outcome)
    {
        Judgement judgement = await JudgeAsync(verdict, code, Hardware, Nothing);
        Assert.That(judgement.Outcome.ToString(), Is.EqualTo(outcome));
    }

    [TestCase("Inconclusive", 20)]
    [TestCase("Aborted", 40)]
    [TestCase("RigError", 50)]
    [CancelAfter(20000)]
    public async Task No_verdict_ever_passes_in_silence(string verdict, int code)
    {
        Judgement[] judgements =
        [
            await JudgeAsync(verdict, code, Virtual, Nothing),
            await JudgeAsync(verdict, code, Hardware, Requirements.Parse("data, rig", "")),
            await JudgeAsync(verdict, code, Hardware, Requirements.Parse("", "true")),
        ];
        Assert.That(judgements.Select(one => one.Outcome), Is.All.EqualTo(Outcome.Fail));
        Assert.That(judgements.Select(one => one.Message), Is.All.Contains(verdict));
        Assert.That(judgements.Select(one => one.Message), Is.All.Contains("because of the elbow"));
    }

    [Test]
    [CancelAfter(20000)]
    public async Task The_kinds_of_no_verdict_say_different_things()
    {
        string[] messages =
        [
            (await JudgeAsync("Fail", 30, Virtual, Nothing)).Message,
            (await JudgeAsync("RigError", 50, Virtual, Nothing)).Message,
            (await JudgeAsync("Aborted", 40, Virtual, Nothing)).Message,
            (await JudgeAsync("Inconclusive", 20, Virtual, Nothing)).Message,
        ];
        Assert.That(messages.Select(message => message.Split(':')[0]), Is.Unique);
    }

    [Test]
    [CancelAfter(20000)]
    public async Task A_failure_names_the_budgets_that_were_not_met()
    {
        const string runJson = """
            {"budgets": [
              {"metric": "missedTicks", "unit": "ticks", "limit": 5, "measured": 3,
               "verdict": "Pass"},
              {"metric": "latency/endToEnd/p99", "unit": "µs", "limit": 4000, "measured": 5200.5,
               "verdict": "Fail", "note": "from 2 s on"},
              {"metric": "latency/wake/p999", "unit": "µs", "limit": 9, "measured": null,
               "verdict": "Inconclusive"}]}
            """;
        using FakeProgram program = FakeProgram.Printing("Fail", 30, runJson);
        ProgramOutput output = await RunAsync(program);
        Judgement judgement =
            Judgement.Of(ProgramReport.Read(output), output, Virtual, Nothing);
        Assert.That(judgement.Message, Does.Contain(
            "Fail latency/endToEnd/p99: measured 5200.5 µs, limit 4000 µs (from 2 s on)"));
        Assert.That(judgement.Message, Does.Contain("measured unknown µs, limit 9 µs"));
        Assert.That(judgement.Message, Does.Not.Contain("missedTicks"));
    }

    [TestCase("echo oops >&2; exit 64", "Usage")]
    [TestCase("echo oops >&2; exit 50", "RigError")]
    [TestCase("echo oops >&2; exit 0", "Bug")]
    [TestCase("echo '{}'; echo oops >&2; exit 0", "Bug")]
    [TestCase("echo '{\"runs\": []}'; echo oops >&2; exit 0", "Bug")]
    [TestCase("echo '[1]'; echo oops >&2; exit 30", "Bug")]
    [TestCase("echo oops >&2; kill -9 $$", "Bug")]
    [CancelAfter(20000)]
    public async Task A_program_without_the_object_never_passes(string script, string verdict)
    {
        using FakeProgram program = FakeProgram.Of(script);
        ProgramOutput output = await RunAsync(program);
        ProgramReport report = ProgramReport.Read(output);
        Assert.That(report.Verdict.ToString(), Is.EqualTo(verdict));
        Assert.That(report.Explanation, Does.Contain("oops"));
        Assert.That(
            Judgement.Of(report, output, Virtual, Nothing).Outcome, Is.EqualTo(Outcome.Fail));
    }

    [Test]
    [CancelAfter(20000)]
    public async Task A_program_that_prints_Pass_and_crashes_does_not_pass()
    {
        Judgement judgement = await JudgeAsync("Pass", 134, Hardware, Nothing);
        Assert.That(judgement.Outcome, Is.EqualTo(Outcome.Fail));
    }

    [Test]
    [CancelAfter(20000)]
    public async Task Figures_and_existing_files_are_reported()
    {
        using FakeProgram program = FakeProgram.Printing("Pass", 0, "{}");
        ProgramReport report = ProgramReport.Read(await RunAsync(program));
        Assert.That(report.Figures, Does.Contain("latency/endToEnd count=500 p50_us=812.5"));
        Assert.That(report.Figures, Does.Contain("joint/elbow_flex/position unit=rad rmse=0.0125"));
        Assert.That(report.Figures, Does.Contain("missedTicks 3"));
        Assert.That(
            report.Files.Select(Path.GetFileName), Is.EqualTo(new[] { "report.html", "run.json" }));
    }

    [Test]
    public void Missing_input_is_a_skip_and_where_it_is_required_a_failure()
    {
        var missing = new MissingInput("data", "no recordings");
        Assert.That(MissingInput.Judge(missing, Nothing), Is.EqualTo(
            new Judgement(Outcome.Skip, "no recordings")));
        Assert.That(
            MissingInput.Judge(missing, Requirements.Parse("rig,DATA", null)).Outcome,
            Is.EqualTo(Outcome.Fail));
    }

    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase("false", false)]
    [TestCase("true", true)]
    [TestCase("1", true)]
    public void CI_is_recognised(string? value, bool expected) =>
        Assert.That(Requirements.Parse(null, value).Ci, Is.EqualTo(expected));

    private static async Task<Judgement> JudgeAsync(
        string verdict, int code, ScenarioFacts facts, Requirements requirements)
    {
        using FakeProgram program = FakeProgram.Printing(verdict, code);
        ProgramOutput output = await RunAsync(program);
        return Judgement.Of(ProgramReport.Read(output), output, facts, requirements);
    }

    private static Task<ProgramOutput> RunAsync(FakeProgram program) =>
        new HilRigProgram(program.Path, null).RunAsync(
            ["run"], TestContext.CurrentContext.CancellationToken);
}
