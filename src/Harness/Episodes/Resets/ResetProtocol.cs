using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// One reset on its way through <see cref="ResetTable"/>: its phase, its attempts, its times.
/// </summary>
public sealed class ResetProtocol
{
    private readonly ResetOptions _options;
    private readonly int[] _attempts = new int[Enum.GetValues<ResetPhase>().Length];
    private readonly long _beganNanoseconds;
    private long _enteredNanoseconds;
    private long _idleNanoseconds;
    private int _refusalCount;

    /// <summary>Begins with Freeze.</summary>
    /// <param name="options">Time-outs and attempts.</param>
    /// <param name="beganNanoseconds">When the last episode ended, ns.</param>
    public ResetProtocol(ResetOptions options, long beganNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _beganNanoseconds = beganNanoseconds;
        _enteredNanoseconds = beganNanoseconds;
    }

    /// <summary>Where it is.</summary>
    public ResetPhase Phase { get; private set; } = ResetPhase.Freeze;

    /// <summary>How it ended; None while it goes on.</summary>
    public ResetExit Exit { get; private set; }

    /// <summary>Attempts at the phase so far that failed.</summary>
    public int AttemptCount => _attempts[(int)Phase];

    /// <summary>When the phase was entered, ns.</summary>
    public long EnteredNanoseconds => _enteredNanoseconds;

    /// <summary>Lets an event happen.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="now">When, ns.</param>
    /// <returns>False: it means nothing in this phase, and changed nothing.</returns>
    public bool Fire(ResetEvent happened, long now)
    {
        ResetTransition row = ResetTable.Find(Phase, happened);
        if (Exit != ResetExit.None || row.IsIgnored)
        {
            return false;
        }

        _refusalCount += happened == ResetEvent.Refused ? 1 : 0;
        ResetExit exit = row.Exit;
        if (row.IsAttempt)
        {
            int max = happened == ResetEvent.Refused ? _options.RefusalMax : _options.AttemptMax;
            int count = happened == ResetEvent.Refused
                ? _refusalCount
                : ++_attempts[(int)Phase];
            exit = count >= max ? row.Exhausted : ResetExit.None;
        }

        NoteIdle(now);
        Exit = exit;
        _enteredNanoseconds = now;
        if (exit == ResetExit.None)
        {
            Phase = row.Next!.Value;
        }

        return true;
    }

    /// <summary>Whether the phase takes longer than it may.</summary>
    /// <param name="now">The instant, ns.</param>
    /// <param name="moveSeconds">What the arm's way in this phase takes, s.</param>
    public bool IsLate(long now, double moveSeconds)
    {
        TimeSpan allowed = Phase == ResetPhase.Confirm
            ? _options.ConfirmTimeout
            : _options.ArmTimeout + TimeSpan.FromSeconds(moveSeconds);
        return now - _enteredNanoseconds > allowed.TotalSeconds * 1e9;
    }

    /// <summary>What it took so far.</summary>
    /// <param name="now">The instant, ns.</param>
    public ResetFigures Figures(long now) => new(
        (now - _beganNanoseconds) / 1e9, _idleNanoseconds / 1e9, _refusalCount);

    private void NoteIdle(long now) =>
        _idleNanoseconds += Phase == ResetPhase.Confirm ? now - _enteredNanoseconds : 0;
}
