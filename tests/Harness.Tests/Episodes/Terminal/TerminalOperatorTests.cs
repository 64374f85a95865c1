using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.Episodes.Terminal;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Episodes.Terminal;

[CancelAfter(20_000)]
internal sealed class TerminalOperatorTests
{
    [Test]
    public void A_session_fits_a_terminal_of_80_columns_and_says_what_is_to_be_done()
    {
        string text = Transcript(isLive: false, out SessionResult result);
        TestContext.Out.WriteLine(text);
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed));
        string[] lines = text.Split('\n');
        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(80));
        Assert.That(text, Does.Not.Contain("\r"));
        Assert.That(text, Does.Not.Contain("\u001b"), "no colours");
        Assert.That(text, Does.Contain("== Touch: Training, start 1 (script)"));
        Assert.That(text, Does.Match(@"object/block +20\.1 deg"));
        Assert.That(text, Does.Contain("set the scene as the card says, step out, then c"));
        Assert.That(text, Does.Match(@"episode 0: \d+ steps, SuccessRule, rl 0%, human 0%"));
        Assert.That(text, Does.Contain("ignored 'zz'"));
        Assert.That(text, Does.Contain("Completed: the programme is done"));
    }

    [Test]
    public void A_running_episode_is_one_line_that_is_written_over()
    {
        string text = Transcript(isLive: true, out _);
        string[] lines = text.Split('\n');
        string live = lines.First(line => line.Contains("\r  step"));
        Assert.That(live.Split('\r').Length, Is.GreaterThan(5));
        Assert.That(live, Does.Match(@"step +3  Script +rl 0% human 0%  q -/-"));
        Assert.That(
            lines.SelectMany(line => line.Split('\r')).Select(part => part.Length),
            Is.All.LessThanOrEqualTo(80));
    }

    private static string Transcript(bool isLive, out SessionResult result)
    {
        using var bench = new SessionBench();
        using var output = new StringWriter { NewLine = "\n" };
        var person = new TerminalOperator("ann", output, isLive);
        person.ShowKeys();
        bench.OtherOperator = person;
        bench.Operator.IsDiligent = false;
        double[] places = [];
        bench.Operator.Seen = notice =>
        {
            if (notice is StartCard card)
            {
                places = [.. card.Objects];
            }
            else if (notice is PhaseEntered { Phase: ResetPhase.Confirm })
            {
                bench.Scene.Place(places);
                person.HearLines(new StringReader("zz\n\n"));
            }
        };
        result = bench.Run(new ListProgramme(2, _ => bench.Script()));
        return output.ToString();
    }
}
