using System.Security.Cryptography;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Watches a peer's clock on a thread of its own: asks, estimates, publishes to a map that any
/// thread may read. Ends with <see cref="Dispose"/>.
/// </summary>
public sealed class PeerClock : IDisposable
{
    private readonly Func<IClockExchange> _connect;
    private readonly PeerClockOptions _options;
    private readonly ClockEstimator _estimator;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly ManualResetEventSlim _first = new();
    private long _silentCount;
    private long _refusedCount;
    private long _lostCount;
    private string? _fault;

    private PeerClock(Func<IClockExchange> connect, PeerClockOptions options)
    {
        options.Validate();
        _connect = connect;
        _options = options;
        _estimator = new ClockEstimator(options.Estimator);
        _thread = new Thread(Watch) { Name = "hilrig peer clock", IsBackground = true };
    }

    /// <summary>What is known of the peer's clock.</summary>
    public ClockMap Map { get; } = new();

    /// <summary>Questions that were not answered in time.</summary>
    public long SilentCount => Volatile.Read(ref _silentCount);

    /// <summary>Answers whose four instants contradict one another.</summary>
    public long RefusedCount => Volatile.Read(ref _refusedCount);

    /// <summary>Times the connection was lost or could not be made.</summary>
    public long LostCount => Volatile.Read(ref _lostCount);

    /// <summary>Why the connection could not be made the last time; null when it could.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>Starts watching.</summary>
    /// <param name="connect">
    /// Connects to the peer; called on the watching thread, again after each loss.
    /// </param>
    /// <param name="options">Pace and window; null for the defaults.</param>
    public static PeerClock Start(Func<IClockExchange> connect, PeerClockOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        var clock = new PeerClock(connect, options ?? new PeerClockOptions());
        clock._thread.Start();
        return clock;
    }

    /// <summary>Waits until something is known of the peer's clock.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <exception cref="ProtocolException">Nothing came in time.</exception>
    public void AwaitFirst(TimeSpan timeout)
    {
        if (!_first.Wait(timeout))
        {
            throw new ProtocolException(
                "The peer's clock does not answer",
                expected: FormattableString.Invariant(
                    $"an answer within {timeout.TotalSeconds:0.#} s"),
                found: Fault ?? FormattableString.Invariant($"{SilentCount} unanswered questions"),
                remedy: "look whether the peer's bridge runs and lets this key in");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
        _stopping.Dispose();
        _first.Dispose();
    }

    private void Watch()
    {
        using RealTimeKit kit = ClockThreads.Enter();
        while (!_stopping.IsSet)
        {
            try
            {
                using IClockExchange exchange = _connect();
                Volatile.Write(ref _fault, null);
                AskUntilLost(exchange);
            }
            catch (Exception error) when (error is RigException or IOException
                or System.Net.Sockets.SocketException
                or System.Security.Authentication.AuthenticationException
                or InvalidOperationException)
            {
                Volatile.Write(ref _fault, error.Message);
            }

            if (!_stopping.IsSet)
            {
                Interlocked.Increment(ref _lostCount);
                _stopping.Wait(_options.ReconnectPeriod);
            }
        }
    }

    private void AskUntilLost(IClockExchange exchange)
    {
        // An unguessable start: an answer to a question that was never asked fits none.
        ulong nonce = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        int hurried = _options.FirstQuestionCount;
        while (!_stopping.IsSet)
        {
            switch (exchange.TryExchange(nonce++, out ClockProbe probe))
            {
                case ClockExchangeStatus.Answered:
                    Take(probe);
                    break;
                case ClockExchangeStatus.Silent:
                    Interlocked.Increment(ref _silentCount);
                    break;
                case ClockExchangeStatus.Lost:
                    return;
            }

            if (hurried-- <= 0)
            {
                _stopping.Wait(_options.Period);
            }
        }
    }

    private void Take(in ClockProbe probe)
    {
        if (!_estimator.Add(probe))
        {
            Interlocked.Increment(ref _refusedCount);
            return;
        }

        Map.Publish(_estimator.Estimate()!);
        _first.Set();
    }
}
