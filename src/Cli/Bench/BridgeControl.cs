using System.Globalization;

namespace HilRig.Cli.Bench;

/// <summary>
/// A control of the bridge bench: two processes of bench/bridge/control.cpp, which shares no code
/// with what it controls.
/// </summary>
internal sealed class BridgeControl : IDisposable
{
    private readonly BenchPeer _echo;
    private readonly BenchPeer _client;
    private readonly string _place;

    /// <summary>Starts both.</summary>
    /// <param name="program">The built control.</param>
    /// <param name="kind">futex, spin, tcp or zmq.</param>
    /// <param name="bytes">Bytes there and back.</param>
    /// <param name="priority">SCHED_FIFO priority; 0: ordinary.</param>
    public BridgeControl(string program, string kind, (int There, int Back) bytes, int priority)
    {
        Kind = kind;
        bool isMemory = kind is "futex" or "spin";
        _place = isMemory ? Path.GetTempFileName() : FreePort();
        string[] rest =
        [
            _place, Text(bytes.There), Text(bytes.Back), Text(priority),
        ];
        _echo = BenchPeer.Start(program, [kind + "-echo", .. rest], isAwaited: true);
        _client = BenchPeer.Start(program, [kind + "-client", .. rest], isAwaited: false);
        Halt(isMemory);
    }

    /// <summary>futex, spin, tcp or zmq.</summary>
    public string Kind { get; }

    /// <summary>Round trips.</summary>
    /// <param name="count">How many.</param>
    /// <param name="periodNanoseconds">Time between two; 0: closed loop.</param>
    /// <param name="taken">Receives the time of each, ns.</param>
    public void Run(int count, long periodNanoseconds, List<long> taken)
    {
        ProcessSignal.Send(_echo.Pid, ProcessSignal.Continue);
        string answer = _client.Ask(string.Create(
            CultureInfo.InvariantCulture, $"{count} {periodNanoseconds}"));
        Halt(Kind == "spin");
        foreach (string word in answer.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            taken.Add(long.Parse(word, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Ends both.</summary>
    public void Dispose()
    {
        ProcessSignal.Send(_echo.Pid, ProcessSignal.Continue);
        _client.Dispose();
        ProcessSignal.Send(_echo.Pid, ProcessSignal.Kill);
        _echo.Dispose();
        if (File.Exists(_place))
        {
            File.Delete(_place);
        }
    }

    // A spinning echo takes a processor; between its turns it is stopped.
    private void Halt(bool isSpinning)
    {
        if (isSpinning)
        {
            ProcessSignal.Send(_echo.Pid, ProcessSignal.Stop);
        }
    }

    // A pair of ports: states are at the next one.
    private static string FreePort()
    {
        using var first = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        first.Start();
        return Text(((System.Net.IPEndPoint)first.LocalEndpoint).Port);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
