using HilRig.Devices.Buses.RealTime;

namespace HilRig.Devices.Buses;

/// <summary>A bus whose servos are all there and configured.</summary>
public sealed class ConnectedBus : IDisposable
{
    internal ConnectedBus(
        FeetechBus bus, IReadOnlyList<ServoIdentity> servos, long latencyNanosecondsMax)
    {
        Bus = bus;
        Servos = servos;
        LatencyNanosecondsMax = latencyNanosecondsMax;
    }

    /// <summary>The bus; its timing is measured.</summary>
    public FeetechBus Bus { get; }

    /// <summary>What each servo said it is, in the order they were expected.</summary>
    public IReadOnlyList<ServoIdentity> Servos { get; }

    /// <summary>
    /// Longest time by which a ping at connect exceeded its time on the wire, ns. Over 10 ms an
    /// FTDI adapter's latency timer is at its default of 16 ms.
    /// </summary>
    public long LatencyNanosecondsMax { get; }

    /// <summary>Every servo as a group, in the order they were expected.</summary>
    /// <param name="block">What to read each cycle.</param>
    public ServoGroup Group(ReadBlock block = ReadBlock.Everything)
    {
        Span<byte> ids = stackalloc byte[Servos.Count];
        for (int index = 0; index < ids.Length; index++)
        {
            ids[index] = Servos[index].Id;
        }

        return new ServoGroup(Bus, ids, block);
    }

    /// <summary>Closes the port; sends nothing.</summary>
    public void Dispose() => Bus.Dispose();
}
