using System.Globalization;
using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.Health;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Episodes.Terminal;

/// <summary>
/// A session as plain text of at most 80 columns, without colours. The line of a running episode is
/// written over itself on a terminal, and once at its end in a pipe.
/// </summary>
internal sealed class SessionPage(TextWriter output, bool isLive)
{
    /// <summary>Widest line.</summary>
    internal const int Columns = 80;

    private readonly Lock _gate = new();
    private int _liveLength;
    private int _steps;
    private int _own;
    private int _people;

    /// <summary>Lists the keys.</summary>
    public void ShowKeys()
    {
        lock (_gate)
        {
            string line = "keys:";
            foreach ((char letter, _, string help) in OperatorWords.Keys)
            {
                string item = $"  {letter} {help}";
                if (line.Length + item.Length > Columns)
                {
                    WriteLine(line);
                    line = "     ";
                }

                line += item;
            }

            WriteLine(line);
            WriteLine("       ? this list   : then \"fix 12 success\" corrects episode 12");
        }
    }

    /// <summary>Asks for a line.</summary>
    public void Prompt()
    {
        lock (_gate)
        {
            EndLive();
            output.Write(": ");
            output.Flush();
        }
    }

    /// <summary>Shows what happened.</summary>
    /// <param name="notice">It.</param>
    public void Show(SessionNotice notice)
    {
        lock (_gate)
        {
            switch (notice)
            {
                case StartCard card:
                    ShowCard(card);
                    break;
                case PhaseEntered phase:
                    ShowPhase(phase);
                    break;
                case EpisodeBegan began:
                    (_steps, _own, _people) = (0, 0, 0);
                    WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"  go: {began.PolicyName}, reset {began.Reset.ResetSeconds:0.0} s"));
                    break;
                case StepSeen step:
                    ShowStep(step);
                    break;
                case EpisodeEnded ended:
                    ShowEnd(ended);
                    break;
                case HealthSeen health:
                    ShowHealth(health.Health);
                    break;
                case VerdictGiven or SessionEnded or RigStopped:
                    WriteLine($"  {notice.Text}");
                    break;
                case Remark remark:
                    WriteLine($"  {(remark.Kind == "note" ? "" : remark.Kind + ": ")}"
                        + remark.Text);
                    break;
            }
        }
    }

    private void ShowCard(StartCard card)
    {
        string again = card.IsRepeat ? ", again" : "";
        WriteLine("");
        WriteLine($"== {card.Task}: {card.Purpose}, start {card.StartIndex}{again} "
            + $"({card.PolicyName})");
        foreach (CardItem item in card.Items)
        {
            (double value, string unit) = ForPeople(item);
            WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"   {item.Name,-40}{value,10:0.0} {unit}"));
        }
    }

    private void ShowPhase(PhaseEntered phase)
    {
        string reason = phase.Reason.Length == 0 ? "" : $" ({phase.Reason})";
        switch (phase.Phase)
        {
            case ResetPhase.Confirm:
                WriteLine($"  set the scene as the card says, step out, then c{reason}");
                break;
            case ResetPhase.ArmOpen:
                WriteLine($"  the arm is back and opens its hand{reason}");
                break;
            case ResetPhase.Verify:
                WriteLine($"  stay out: the arm goes to its start{reason}");
                break;
            case ResetPhase.Ready:
                WriteLine($"  ready{reason}");
                break;
            case ResetPhase.Freeze or ResetPhase.Retreat:
                if (reason.Length > 0)
                {
                    WriteLine($"  {phase.Phase}{reason}");
                }

                break;
        }
    }

    private void ShowStep(StepSeen step)
    {
        _steps = step.StepIndex + 1;
        _own += step.Answer.Proposer == Proposer.Reinforcement ? 1 : 0;
        _people += step.Answer.Proposer == Proposer.Human ? 1 : 0;
        if (!isLive)
        {
            return;
        }

        string flags = step.Answer.Flags == StepFlags.None ? "" : $" {step.Answer.Flags}";
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"  step {_steps,4}  {step.Answer.Proposer,-13} rl {Share(_own):0%} "
            + $"human {Share(_people):0%}  q {Value(step.Answer.ReinforcementValue)}/"
            + $"{Value(step.Answer.ImitationValue)}{flags}");
        string cut = Cut(line);
        output.Write("\r" + cut.PadRight(Math.Max(_liveLength, cut.Length)));
        output.Flush();
        _liveLength = cut.Length;
    }

    private void ShowEnd(EpisodeEnded ended)
    {
        Episode episode = ended.Episode;
        string verdict = ended.IsVerdictOwed
            ? "your verdict: s, f or d"
            : $"{episode.Verdict} ({episode.VerdictSource})";
        WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  episode {ended.Index}: {episode.StepCount} steps, {episode.End}, "
            + $"rl {Share(_own):0%}, human {Share(_people):0%}; {verdict}"));
    }

    private void ShowHealth(HealthFigures health)
    {
        WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {health.EpisodeCount} done: success {Value(health.SuccessShare)}, "
            + $"rl share of it {Value(health.ReinforcementShare)}, "
            + $"|q gap| {Value(health.ValueGap)}, {Rate(health.ResetsPerHour)} resets/h"));
    }

    private double Share(int count) => _steps == 0 ? 0 : (double)count / _steps;

    private static string Value(double value) => double.IsNaN(value)
        ? "-"
        : value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Rate(double value) => double.IsNaN(value)
        ? "-"
        : value.ToString("0", CultureInfo.InvariantCulture);

    private static (double Value, string Unit) ForPeople(CardItem item) => item.Unit switch
    {
        "m" => (item.Value * 1000, "mm"),
        "rad" => (item.Value * 180 / Math.PI, "deg"),
        _ => (item.Value, item.Unit),
    };

    // Long sentences go on in the next line; a word that is longer than a line is cut.
    private void WriteLine(string text)
    {
        EndLive();
        string trimmed = text.TrimStart();
        string indent = new(' ', text.Length - trimmed.Length + 2);
        while (text.Length > Columns)
        {
            int end = text.LastIndexOf(' ', Columns);
            int cut = end > indent.Length ? end : Columns;
            output.WriteLine(text[..cut].TrimEnd());
            text = indent + text[cut..].TrimStart();
        }

        output.WriteLine(text.TrimEnd());
        output.Flush();
    }

    private void EndLive()
    {
        if (_liveLength > 0)
        {
            output.WriteLine();
            _liveLength = 0;
        }
    }

    private static string Cut(string line) => line.Length <= Columns ? line : line[..Columns];
}
