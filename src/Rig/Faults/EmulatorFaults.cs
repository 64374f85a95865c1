using System.Collections.Concurrent;
using HilRig.Core.Errors;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Faults;
using HilRig.Devices.Virtual.Server;

namespace HilRig.Rig.Faults;

/// <summary>
/// The emulator's end of the pipe through which faults come: injects what lines ask for and says
/// when each began and ended.
/// </summary>
internal sealed class EmulatorFaults
{
    private const int LinesMax = 256;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentQueue<string> _lines = new();
    private long _nextEvent;

    /// <summary>Takes one line. One thread; waits while 256 lines are unread.</summary>
    public void Take(string line)
    {
        SpinWait.SpinUntil(() => _lines.Count < LinesMax);
        _lines.Enqueue(line);
    }

    /// <summary>Serves lines and events until the server ends or somebody asks.</summary>
    /// <param name="server">The virtual bus.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False when the server has ended by itself.</returns>
    public bool Serve(VirtualBusServer server, CancellationToken stop)
    {
        while (!server.HasEnded && !stop.IsCancellationRequested)
        {
            while (_lines.TryDequeue(out string? line))
            {
                Inject(server, line);
            }

            Tell(server);
            stop.WaitHandle.WaitOne(Look);
        }

        return !server.HasEnded;
    }

    /// <summary>Says which faults have begun and ended since the last call.</summary>
    public void Tell(VirtualBusServer server)
    {
        foreach (VirtualArmEvent happened in server.Events.ReadFrom(_nextEvent, out _nextEvent))
        {
            string? word = happened.Kind switch
            {
                VirtualArmEventKind.FaultBegan => FaultNotice.Began,
                VirtualArmEventKind.FaultEnded => FaultNotice.Ended,
                _ => null,
            };
            if (word is not null)
            {
                Console.Out.WriteLine(new FaultNotice(
                    (int)happened.Value,
                    word,
                    server.OriginNanoseconds + happened.ArmNanoseconds).Encode());
                Console.Out.Flush();
            }
        }
    }

    private static void Inject(VirtualBusServer server, string line)
    {
        try
        {
            server.Inject(FaultText.Parse(line, server.OriginNanoseconds));
        }
        catch (ScenarioException error)
        {
            Console.Error.WriteLine(error.Message);
        }
    }
}
