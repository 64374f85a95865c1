using HilRig.Core.RealTime;
using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests;

/// <summary>The loop's side of a plant: one command, then read until its answer is there.</summary>
internal sealed class Drive
{
    private readonly RemotePlant _plant;
    private readonly JointCommand _command = new(3);
    private readonly JointState _state = new(3);

    public Drive(RemotePlant plant)
    {
        _plant = plant;
        plant.Start(_state);
    }

    public static PlantStatus WriteOnce(RemotePlant plant, long sequence)
    {
        var command = new JointCommand(3) { Sequence = sequence };
        command.Position.AsSpan().Clear();
        return plant.Write(Now(), command);
    }

    public JointState Exchange(double goal, CancellationToken cancel)
    {
        _command.Sequence++;
        _command.Position.AsSpan().Fill(goal);
        PlantStatus written = _plant.Write(Now(), _command);
        while (written == PlantStatus.Ok && !cancel.IsCancellationRequested)
        {
            PlantStatus read = _plant.TryRead(_state);
            if (read == PlantStatus.Ok && _state.AnsweredCommandSequence == _command.Sequence)
            {
                return _state;
            }

            if (read is PlantStatus.Stopped or PlantStatus.Lost)
            {
                written = read;
            }

            Thread.Yield();
        }

        throw new InvalidOperationException(
            $"no answer to {_command.Sequence}: {written}, {_plant.Counters}, {_state.Health}, "
            + $"{_plant.Report.StopReason}");
    }

    // A long period: on a busy machine these tests ask for order, not for speed.
    private static Tick Now()
    {
        long now = MonotonicClock.NowNanoseconds;
        return new Tick(0, now, now, 60_000_000_000, 0);
    }
}
