using System.Diagnostics;
using System.Globalization;
using HilRig.Learning.Health;
using HilRig.Learning.Training;

namespace HilRig.Learning.Commands;

/// <summary>
/// Progress with time left, on standard error: one line that is rewritten in a terminal, else a
/// line every ten seconds.
/// </summary>
internal sealed class ConsoleProgress : ITrainingProgress
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private readonly TimeSpan _every;
    private readonly HashSet<string> _alarmed = [];
    private string _phase = "";
    private long _phaseFirst;
    private long _phaseBegan;
    private long _shownAt;

    /// <summary>Begins.</summary>
    public ConsoleProgress() => _every = TimeSpan.FromSeconds(_isTerminal ? 0.5 : 10);

    /// <inheritdoc/>
    public void Say(string sentence) => Line(sentence);

    /// <inheritdoc/>
    public void Advance(string phase, long done, long total)
    {
        if (phase != _phase)
        {
            _phase = phase;
            _phaseFirst = done - 1;
            _phaseBegan = _shownAt = Stopwatch.GetTimestamp();
        }

        if (Stopwatch.GetElapsedTime(_shownAt) < _every)
        {
            return;
        }

        _shownAt = Stopwatch.GetTimestamp();
        double rate = (done - _phaseFirst) / Stopwatch.GetElapsedTime(_phaseBegan).TotalSeconds;
        TimeSpan left = TimeSpan.FromSeconds((total - done) / Math.Max(rate, 1e-9));
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{phase} {done}/{total}, {rate:0} a second, {Clock(left)} left");
        if (_isTerminal)
        {
            Console.Error.Write("\r\u001b[K" + text);
        }
        else
        {
            Console.Error.WriteLine(text);
        }
    }

    /// <inheritdoc/>
    public void Score(CurvePoint point, HealthFigures health)
    {
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{point.Steps} steps: success {point.Success:P0} of {point.Starts} starts, ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{Figure(point.SuccessSteps, "0")} steps each; ")
            + Describe(health)
            + string.Create(
                CultureInfo.InvariantCulture,
                $"; {point.CpuSeconds:0} s of processor, {point.WallSeconds:0} s on the wall"));
        foreach (string alarm in health.Alarms)
        {
            // The figures in a sentence move; each kind of alarm is said once.
            if (_alarmed.Add(alarm.Split(' ')[0] + alarm.Split(' ')[1]))
            {
                Line("ALARM: " + alarm);
            }
        }
    }

    private static string Describe(HealthFigures health) => string.Create(
        CultureInfo.InvariantCulture,
        $"training {Figure(health.SuccessShare, "P0")}, RL ")
        + Figure(health.ReinforcementShare, "P0")
        + string.Create(
            CultureInfo.InvariantCulture,
            $", |Q gap| {Figure(health.ValueGap, "0.000")}, max |Q| ")
        + Figure(health.ValueMagnitudeMax, "0.00");

    private static string Figure(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private void Line(string text) =>
        Console.Error.WriteLine(_isTerminal ? "\r\u001b[K" + text : text);
}
