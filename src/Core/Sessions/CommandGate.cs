using HilRig.Core.Joints;

namespace HilRig.Core.Sessions;

/// <summary>
/// Decides whether a command may be acted on: right session, right owner, strictly newer than the
/// last one, not expired, planned for now. It knows no limits and no arming: whoever checks those
/// afterwards takes the acceptance back with <see cref="Refuse"/>. One thread; allocates nothing.
/// </summary>
/// <remarks>
/// The checks run in the order session, owner token, sequence, expiry, so that a stranger's command
/// can neither use up a sequence number nor feed a deadman. A sequence number is used up by the
/// acceptance, also when it is taken back. The memory of sequence numbers starts anew with each
/// owner.
/// <para>
/// A command belongs to now: its planned instant lies within the horizon (the deadman) of now, on
/// either side, and it is valid until the later of the two and a horizon at most. Whatever else is
/// <see cref="CommandVerdict.Stale"/>: a host with a wrong clock can neither make a command that
/// stays good for ever nor plan time for a movement that has not passed.
/// </para>
/// </remarks>
/// <param name="horizonNanoseconds">The horizon, above 0; the rig's deadman.</param>
public sealed class CommandGate(long horizonNanoseconds)
{
    private SessionKey _key;

    /// <summary>Commands by verdict, indexed by <see cref="CommandVerdict"/>.</summary>
    public long[] Counts { get; } = new long[Enum.GetValues<CommandVerdict>().Length];

    /// <summary>
    /// Sequence of the newest accepted command of the current owner; 0 when none.
    /// </summary>
    public long LastSequence { get; private set; }

    /// <summary>Judges one command and counts the verdict.</summary>
    /// <param name="owner">Who may command now; the default value when nobody may.</param>
    /// <param name="envelope">Who sent the command.</param>
    /// <param name="command">The command.</param>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    /// <returns><see cref="CommandVerdict.Accepted"/>, or the first reason against it.</returns>
    public CommandVerdict Judge(
        in SessionKey owner, in CommandEnvelope envelope, JointCommand command, long nowNanoseconds)
    {
        if (owner != _key)
        {
            _key = owner;
            LastSequence = 0;
        }

        CommandVerdict verdict = Compare(owner, envelope.Key, command, nowNanoseconds);
        if (verdict == CommandVerdict.Accepted)
        {
            LastSequence = command.Sequence;
        }

        Counts[(int)verdict]++;
        return verdict;
    }

    /// <summary>
    /// Takes the last acceptance back: the command was illegal, or the agent is not armed.
    /// </summary>
    /// <param name="reason">Why; counted in place of the acceptance.</param>
    /// <returns><paramref name="reason"/>.</returns>
    public CommandVerdict Refuse(CommandVerdict reason)
    {
        Counts[(int)CommandVerdict.Accepted]--;
        Counts[(int)reason]++;
        return reason;
    }

    private CommandVerdict Compare(
        in SessionKey owner, in SessionKey sender, JointCommand command, long nowNanoseconds)
    {
        if (owner.SessionId == 0 || sender.SessionId != owner.SessionId)
        {
            return CommandVerdict.ForeignSession;
        }

        if (sender.OwnerToken != owner.OwnerToken)
        {
            return CommandVerdict.NotOwner;
        }

        if (command.Sequence == LastSequence)
        {
            return CommandVerdict.Duplicate;
        }

        if (command.Sequence < LastSequence)
        {
            return CommandVerdict.Reordered;
        }

        return nowNanoseconds <= command.ValidUntilNanoseconds && IsOfNow(command, nowNanoseconds)
            ? CommandVerdict.Accepted
            : CommandVerdict.Stale;
    }

    // Only now and the horizon are added: instants of a stranger might overflow.
    private bool IsOfNow(JointCommand command, long nowNanoseconds)
    {
        long planned = command.PlannedNanoseconds;
        return planned >= nowNanoseconds - horizonNanoseconds
            && planned <= nowNanoseconds + horizonNanoseconds
            && command.ValidUntilNanoseconds
                <= Math.Max(planned, nowNanoseconds) + horizonNanoseconds;
    }
}
