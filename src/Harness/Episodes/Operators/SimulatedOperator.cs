using HilRig.Core.Episodes;
using HilRig.Core.Ports;
using HilRig.Core.Sampling;
using HilRig.Core.Time;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Episodes.Operators;

/// <summary>
/// An operator that sees what a person sees and says what a person says, late and not always
/// rightly; what she does depends on her seed alone. Give it to a session as operator and as view.
/// </summary>
/// <remarks>
/// Times are log-normal. She knows the truth of an episode from the task's rule, so a session with
/// <see cref="VerdictPolicy.Operator"/> can be scored.
/// </remarks>
public sealed class SimulatedOperator : IOperatorInput, ISessionView
{
    private readonly SimulatedOperatorOptions _options;
    private readonly ISceneHands? _hands;
    private readonly IReadOnlyList<string> _objects;
    private readonly IRigClock _clock;
    private readonly CounterRandom _random;
    private readonly List<(long Due, OperatorEntry Entry, double[]? Places)> _intentions = [];
    private StartCard? _card;
    private ulong _draws;
    private int _episodeCount;

    /// <summary>Makes an operator.</summary>
    /// <param name="options">How good she is.</param>
    /// <param name="objects">Objects of a card, in its order.</param>
    /// <param name="hands">Her hands; null: she only says that she set the scene.</param>
    /// <param name="clock">When.</param>
    public SimulatedOperator(
        SimulatedOperatorOptions options,
        IReadOnlyList<string> objects,
        ISceneHands? hands,
        IRigClock clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _objects = objects;
        _hands = hands;
        _clock = clock;
        _random = new CounterRandom(options.Seed, 0x0_9E7A_704F);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Words said so far.</summary>
    public int WordCount { get; private set; }

    /// <summary>Verdicts that she gave wrongly, knowing better.</summary>
    public int WrongVerdictCount { get; private set; }

    /// <summary>Scenes that she did not set, or set wrongly.</summary>
    public int WrongSceneCount { get; private set; }

    /// <inheritdoc/>
    public bool TryTake(out OperatorEntry entry)
    {
        long now = _clock.NowNanoseconds;
        int next = _intentions.FindIndex(item => item.Due <= now);
        if (next < 0)
        {
            entry = default;
            return false;
        }

        double[]? places = _intentions[next].Places;
        entry = _intentions[next].Entry;
        _intentions.RemoveAt(next);
        if (places is not null)
        {
            _hands?.Place(places);
        }

        WordCount++;
        return true;
    }

    /// <inheritdoc/>
    public void Show(SessionNotice notice)
    {
        switch (notice)
        {
            case StartCard card:
                _card = card;
                break;
            case PhaseEntered { Phase: ResetPhase.Confirm } when !HasLeft:
                SetScene();
                break;
            case PhaseEntered { Phase: ResetPhase.Freeze }:
                // What she was about to do in the last reset has lost its reason.
                _intentions.RemoveAll(item => item.Entry.Verdict is null);
                break;
            case RigStopped when !HasLeft:
                _intentions.RemoveAll(item => item.Entry.Verdict is null);
                OperatorKey said = Happens(_options.BrokenRigRate)
                    ? OperatorKey.BrokenRig
                    : OperatorKey.Confirm;
                Intend(said, Delay(_options.RearmSecondsMedian, 0.3), null);
                break;
            case EpisodeEnded ended:
                _episodeCount++;
                if (!HasLeft && (ended.IsVerdictOwed || _options.JudgesAll))
                {
                    Judge(ended.Episode);
                }

                break;
        }
    }

    private bool HasLeft => _episodeCount >= _options.WalksAwayAfter;

    private void SetScene()
    {
        if (Happens(_options.SkipRate))
        {
            Intend(OperatorKey.Skip, Delay(1, 0.3), null);
            return;
        }

        double seconds = Delay(_options.ResetSecondsMedian, _options.ResetSpread);
        double[]? places = Happens(_options.MissedResetRate) ? null : Places();
        WrongSceneCount += places is null ? 1 : 0;
        Intend(OperatorKey.Confirm, seconds, places);
        if (Happens(_options.TwiceRate))
        {
            Intend(OperatorKey.Confirm, seconds + 0.05, null);
        }
    }

    private double[] Places()
    {
        IReadOnlyList<string> order = _hands?.Joints ?? _objects;
        bool isWrong = Happens(_options.WrongPlacementRate);
        WrongSceneCount += isWrong ? 1 : 0;
        double[] places = new double[order.Count];
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = 0; j < _objects.Count; j++)
            {
                places[i] = _objects[j] == order[i] ? _card!.Objects[j] : places[i];
            }
        }

        if (isWrong && places.Length > 0)
        {
            places[0] += _options.WrongPlacementDistance;
        }

        return places;
    }

    private void Judge(Episode episode)
    {
        bool isSuccess = episode.End == EpisodeEnd.SuccessRule;
        bool isWrong = Happens(_options.WrongVerdictRate);
        WrongVerdictCount += isWrong ? 1 : 0;
        OperatorKey key = isSuccess != isWrong ? OperatorKey.Success : OperatorKey.Failure;
        double seconds = Delay(_options.VerdictSecondsMedian, 0.3);
        Intend(key, seconds, null);
        if (Happens(_options.TwiceRate))
        {
            Intend(key, seconds + 0.1, null);
        }
    }

    private void Intend(OperatorKey key, double seconds, double[]? places)
    {
        long due = _clock.NowNanoseconds + (long)(seconds * 1e9);
        _intentions.Add((due, new OperatorEntry(key), places));
        _intentions.Sort((one, other) => one.Due.CompareTo(other.Due));
    }

    private bool Happens(double rate) => _random.Unit(_draws++) < rate;

    // Box and Muller's normal number, of the median's logarithm.
    private double Delay(double median, double spread)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.Unit(_draws++)));
        double normal = radius * Math.Cos(2 * Math.PI * _random.Unit(_draws++));
        return median * Math.Exp(spread * normal);
    }
}
