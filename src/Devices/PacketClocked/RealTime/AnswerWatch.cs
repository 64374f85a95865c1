namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>Which states of a motion were answered in time. Allocates nothing.</summary>
internal sealed class AnswerWatch
{
    /// <summary>Unanswered states in a row that are tolerated, as by Franka's.</summary>
    public const int LostInRowMax = 20;

    private const int Window = 100;
    private readonly bool[] _lost = new bool[Window];
    private int _next;
    private int _lostInWindow;
    private bool _hasAnswer;

    /// <summary>States of this motion that were not answered in time.</summary>
    public uint LostCount { get; private set; }

    /// <summary>Unanswered states in a row up to now.</summary>
    public int LostInRow { get; private set; }

    /// <summary>Most unanswered states in a row.</summary>
    public int LongestLostInRow { get; private set; }

    /// <summary>Answers that came after their cycle.</summary>
    public long LateCount { get; private set; }

    /// <summary>Second answers to one state, and answers to none that was sent.</summary>
    public long StrayCount { get; private set; }

    /// <summary>Whether more states in a row went unanswered than are tolerated.</summary>
    public bool IsTooMany => LostInRow > LostInRowMax;

    /// <summary>
    /// Share of the last 100 states that were answered in time; those before the motion count as
    /// answered.
    /// </summary>
    public float SuccessRate => 1 - ((float)_lostInWindow / Window);

    /// <summary>Begins a motion.</summary>
    public void Begin()
    {
        _next = 0;
        _lostInWindow = 0;
        Array.Clear(_lost);
        _hasAnswer = false;
        LostCount = 0;
        LostInRow = 0;
        LongestLostInRow = 0;
    }

    /// <summary>Judges an answer.</summary>
    /// <param name="answered">Cycle it answers.</param>
    /// <param name="current">Cycle of the newest state sent.</param>
    /// <returns>Whether it is the first answer to the newest state.</returns>
    public bool Offer(long answered, long current)
    {
        if (answered == current && !_hasAnswer)
        {
            _hasAnswer = true;
            return true;
        }

        if (answered < current)
        {
            LateCount++;
        }
        else
        {
            StrayCount++;
        }

        return false;
    }

    /// <summary>Ends a cycle of a motion.</summary>
    /// <returns>Whether its state was answered.</returns>
    public bool EndCycle()
    {
        bool answered = _hasAnswer;
        _hasAnswer = false;
        Remember(!answered);
        LostInRow = answered ? 0 : LostInRow + 1;
        LostCount += answered ? 0u : 1u;
        LongestLostInRow = Math.Max(LongestLostInRow, LostInRow);
        return answered;
    }

    private void Remember(bool isLost)
    {
        _lostInWindow += (isLost ? 1 : 0) - (_lost[_next] ? 1 : 0);
        _lost[_next] = isLost;
        _next = (_next + 1) % Window;
    }
}
