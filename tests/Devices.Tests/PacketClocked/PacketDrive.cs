using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Devices.PacketClocked;
using HilRig.Devices.PacketClocked.RealTime;

namespace HilRig.Devices.Tests.PacketClocked;

/// <summary>A loop's turns, one at a time: wait, read, move the first joint on, write.</summary>
internal sealed class PacketDrive : IDisposable
{
    private readonly PacketPlant _plant;

    public PacketDrive(PacketPlant plant)
    {
        _plant = plant;
        State = new JointState(2);
        Command = new JointCommand(2);
        plant.Start(State);
        State.Position.AsSpan().CopyTo(Command.Position);
        Array.Fill(Command.TorqueEnabled, true);
    }

    public JointState State { get; }

    public JointCommand Command { get; }

    public PlantStatus LastWrite { get; private set; }

    public long MissedCount { get; private set; }

    public Tick Turn(double step)
    {
        Assert.That(_plant.WaitNext(out Tick tick), Is.EqualTo(TickStatus.Due));
        MissedCount += tick.MissedCount;
        Read();
        Command.Position[0] += step;
        Command.Sequence++;
        LastWrite = _plant.Write(tick, Command);
        return tick;
    }

    /// <summary>A turn without assertions, which allocate.</summary>
    public void QuietTurn()
    {
        _plant.WaitNext(out Tick tick);
        Read();
        Command.Sequence++;
        LastWrite = _plant.Write(tick, Command);
    }

    /// <summary>Takes packets without answering; returns where the joint was at the stop.</summary>
    public double ListenUntilStopped()
    {
        while (_plant.Report.Mode != ControllerMode.Stopped)
        {
            Assert.That(_plant.WaitNext(out _), Is.EqualTo(TickStatus.Due));
            Read();
        }

        return State.Position[0];
    }

    public double SettledPosition()
    {
        while (!_plant.Report.IsAtRest)
        {
            Assert.That(_plant.WaitNext(out _), Is.EqualTo(TickStatus.Due));
            Read();
        }

        return State.Position[0];
    }

    public void Dispose() => _plant.Stop(StopReason.Requested);

    private void Read()
    {
        while (_plant.TryRead(State) == PlantStatus.Ok)
        {
        }
    }
}
