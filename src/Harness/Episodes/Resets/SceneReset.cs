using HilRig.Core.Episodes;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// One reset: gives the arm the orders of each phase, sees whether they are obeyed, runs the
/// checks. Polled by the conductor.
/// </summary>
internal sealed class SceneReset
{
    // After the arm stands, states and pictures of when it moved may still be on their way.
    private const double SettleSeconds = 0.5;
    private readonly SessionSetting _setting;
    private readonly SessionOptions _options;
    private readonly ArmLink _arm;
    private readonly NoticeBoard _board;
    private readonly SceneView _view;
    private readonly ResetProtocol _protocol;
    private readonly IReadOnlyList<double[]> _goals;
    private readonly double[] _seen;
    private bool _isOutByWord;
    private long _arrivedNanoseconds;

    /// <summary>Begins a reset: the arm freezes, the card is shown.</summary>
    /// <param name="parts">The session.</param>
    /// <param name="plan">The next start.</param>
    /// <param name="goals">Goals of the last episode, its way back; empty for none.</param>
    /// <param name="began">When the last episode ended, and now, ns.</param>
    /// <param name="isRepeat">Whether this start is done again.</param>
    internal SceneReset(
        ConductorParts parts,
        StartPlan plan,
        IReadOnlyList<double[]> goals,
        (long LastEnd, long Now) began,
        bool isRepeat)
    {
        _setting = parts.Setting;
        _options = parts.Options;
        _arm = parts.Arm;
        _board = parts.Board;
        _view = new SceneView(_setting);
        _seen = new double[_setting.Task.Description.ObjectJoints.Count];
        _goals = goals;
        Plan = plan;
        _protocol = new ResetProtocol(_options.Reset, began.LastEnd);
        _board.Post(plan.Card(began.Now, _setting.Task.Description, isRepeat));
        Enter(began.Now, "");
    }

    /// <summary>The start it is for.</summary>
    internal StartPlan Plan { get; }

    /// <summary>Where it is.</summary>
    internal ResetPhase Phase => _protocol.Phase;

    /// <summary>What it took.</summary>
    /// <param name="now">The instant, ns.</param>
    internal ResetFigures Figures(long now) => _protocol.Figures(now);

    /// <summary>Hears a word.</summary>
    /// <param name="key">What the operator said.</param>
    /// <param name="now">When, ns.</param>
    /// <returns>False: it means nothing now.</returns>
    internal bool Hear(OperatorKey key, long now)
    {
        ResetEvent? happened = key switch
        {
            OperatorKey.Confirm => ResetEvent.Confirmed,
            OperatorKey.Retry => ResetEvent.Retry,
            OperatorKey.Skip => ResetEvent.Skip,
            OperatorKey.BrokenRig => ResetEvent.Broken,
            _ => null,
        };
        return happened is { } known && Fire(known, now, "");
    }

    /// <summary>Looks how far it is.</summary>
    /// <param name="now">The instant, ns.</param>
    internal ResetExit Poll(long now)
    {
        if (_protocol.Exit == ResetExit.None)
        {
            Look(now);
        }

        return _protocol.Exit;
    }

    private void Look(long now)
    {
        bool isThere = _arm.HasArrived && _arm.IsStill(_options.Reset.StillFraction);
        _arrivedNanoseconds = !isThere ? 0 : _arrivedNanoseconds == 0 ? now : _arrivedNanoseconds;
        if (_protocol.IsLate(now, _arm.MoveSeconds))
        {
            Fire(ResetEvent.TimedOut, now, Lateness());
            return;
        }

        switch (Phase)
        {
            case ResetPhase.Freeze:
            case ResetPhase.Retreat:
            case ResetPhase.ArmOpen:
                if (isThere)
                {
                    Fire(ResetEvent.Reached, now, "");
                }

                break;
            case ResetPhase.Confirm:
                break;
            case ResetPhase.Verify:
                if (isThere)
                {
                    Verify(now);
                }

                break;
            case ResetPhase.Ready:
                double waited = (now - _protocol.EnteredNanoseconds) / 1e9;
                if (waited >= _options.Reset.ReadyPause.TotalSeconds)
                {
                    Fire(ResetEvent.Reached, now, "");
                }

                break;
        }
    }

    private void Verify(long now)
    {
        VerifyScene scene = See(now);
        var refusals = new List<string>();
        var onWord = new List<string>();
        foreach (IResetVerifier verifier in
            SessionOptions.StandardVerifiers.Concat(_options.MoreVerifiers))
        {
            VerifyFinding finding = verifier.Check(scene);
            if (finding.Status == VerifyStatus.Refused)
            {
                refusals.Add($"{verifier.Name}: {finding.Text}");
            }
            else if (finding.Status == VerifyStatus.OnWord)
            {
                onWord.Add(finding.Text);
            }
        }

        if (refusals.Count == 0)
        {
            Fire(ResetEvent.Passed, now, string.Join("; ", onWord));
        }
        else if ((now - _arrivedNanoseconds) / 1e9 > SettleSeconds)
        {
            Fire(ResetEvent.Refused, now, string.Join("; ", refusals));
        }
    }

    private VerifyScene See(long now)
    {
        long seenNanoseconds = 0;
        bool isSeen = false;
        if (_setting.Scene is not null)
        {
            isSeen = _view.Look(now, _arm.Newest.Measured) == EpisodeFault.None;
            seenNanoseconds = _view.SampledNanoseconds;
            _view.Objects.CopyTo(_seen);
        }

        return new VerifyScene
        {
            Setting = _setting,
            Options = _options.Reset,
            Measured = _arm.Newest.Measured,
            StartPose = Plan.Pose,
            WantedObjects = Plan.Objects,
            SeenObjects = isSeen ? _seen : null,
            SeenNanoseconds = seenNanoseconds,
            NowNanoseconds = now,
            IsOperatorOutByWord = _isOutByWord,
        };
    }

    private bool Fire(ResetEvent happened, long now, string reason)
    {
        if (!_protocol.Fire(happened, now))
        {
            return false;
        }

        if (_protocol.Exit == ResetExit.None)
        {
            Enter(now, reason);
        }
        else if (reason.Length > 0)
        {
            _board.Note(now, reason);
        }

        return true;
    }

    private void Enter(long now, string reason)
    {
        ResetOptions reset = _options.Reset;
        _arrivedNanoseconds = 0;
        double[] waiting = reset.ParkPose is { } park ? _arm.PoseOf(park) : Plan.Pose;
        switch (Phase)
        {
            case ResetPhase.Freeze:
                _isOutByWord = false;
                _arm.Hold();
                break;
            case ResetPhase.Retreat:
                _arm.Move(
                    [.. Back(), .. reset.Via.Select(_arm.PoseOf), waiting], reset.SpeedFraction);
                break;
            case ResetPhase.ArmOpen when reset.OpenPose.Count > 0:
                _arm.Move([_arm.PoseOf(reset.OpenPose)], reset.SpeedFraction);
                break;
            case ResetPhase.Confirm:
                _isOutByWord = false;
                break;
            case ResetPhase.Verify:
                _isOutByWord = true;
                _arm.Move([Plan.Pose], reset.SpeedFraction);
                break;
            case ResetPhase.ArmOpen:
            case ResetPhase.Ready:
                break;
        }

        _board.Post(new PhaseEntered(now, Phase, _protocol.AttemptCount, reason));
    }

    private IEnumerable<double[]> Back() => _options.Reset.GoesBack
        ? WayBack.From(_goals, _arm.Newest.Goal)
        : [];

    private string Lateness() => Phase == ResetPhase.Confirm
        ? "nobody has confirmed yet"
        : $"the arm did not finish {Phase} in time";
}
