using HilRig.Core.Joints;
using HilRig.Core.Time;

namespace HilRig.Harness.Faults.RealTime;

/// <summary>The last commands with their ticks. Allocates nothing.</summary>
internal sealed class CommandQueue
{
    private readonly Tick[] _ticks;
    private readonly JointCommand[] _commands;
    private int _newest = -1;
    private int _count;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="depth">Commands it keeps.</param>
    /// <param name="dofCount">Number of joints.</param>
    internal CommandQueue(int depth, int dofCount)
    {
        _ticks = new Tick[depth];
        _commands = new JointCommand[depth];
        for (int i = 0; i < depth; i++)
        {
            _commands[i] = new JointCommand(dofCount);
        }
    }

    /// <summary>Keeps a copy of a command; the oldest goes.</summary>
    internal void Add(in Tick tick, JointCommand command)
    {
        _newest = (_newest + 1) % _commands.Length;
        _count = Math.Min(_count + 1, _commands.Length);
        _ticks[_newest] = tick;
        command.CopyTo(_commands[_newest]);
    }

    /// <summary>The newest command planned at or before an instant.</summary>
    /// <param name="planned">The instant.</param>
    /// <param name="tick">Its tick; unchanged meaning when there is none.</param>
    /// <param name="command">Receives it.</param>
    /// <returns>Whether there is one.</returns>
    internal bool TryFind(long planned, out Tick tick, JointCommand command)
    {
        tick = _ticks[Math.Max(0, _newest)];
        int index = _newest;
        for (int i = 0; i < _count; i++)
        {
            if (_ticks[index].PlannedNanoseconds <= planned)
            {
                tick = _ticks[index];
                _commands[index].CopyTo(command);
                return true;
            }

            index = (index + _commands.Length - 1) % _commands.Length;
        }

        return false;
    }
}
