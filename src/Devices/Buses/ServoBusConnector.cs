using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;
using Polly;
using Polly.Retry;

namespace HilRig.Devices.Buses;

/// <summary>
/// Opens a bus, finds every servo the rig file names, configures them, reads the configuration back
/// and measures the adapter's latency. Set-up only: it waits, allocates and throws.
/// </summary>
public sealed class ServoBusConnector
{
    private const int HandshakeRetries = 2;
    private const int LatencyPings = 16;
    private static readonly TimeSpan HandshakePause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReconnectPauseMax = TimeSpan.FromMilliseconds(250);

    private readonly BusDescription _description;
    private readonly IReadOnlyList<ExpectedServo> _servos;
    private readonly Func<string, int, IByteTransport> _open;
    private readonly TimeProvider _time;

    /// <summary>Makes a connector.</summary>
    /// <param name="description">The bus; its port must be a real one, not "virtual".</param>
    /// <param name="servos">Servos that must be there, in group order; at least one.</param>
    public ServoBusConnector(BusDescription description, IReadOnlyList<ExpectedServo> servos)
        : this(description, servos, TransportFactory.Open, TimeProvider.System)
    {
    }

    internal ServoBusConnector(
        BusDescription description,
        IReadOnlyList<ExpectedServo> servos,
        Func<string, int, IByteTransport> open,
        TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(servos.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(description.Baud);
        _description = description;
        _servos = servos;
        _open = open;
        _time = time;
    }

    /// <summary>
    /// Connects. Servos that have just been switched on get a few tries to wake up.
    /// </summary>
    /// <param name="cancel">Gives up early.</param>
    /// <exception cref="DeviceException">
    /// The port cannot be opened, a servo is missing or of another model, the baud rate is wrong,
    /// or a register does not keep its value.
    /// </exception>
    public ConnectedBus Connect(CancellationToken cancel = default)
    {
        IByteTransport port = Open(_description.Baud);
        var bus = new FeetechBus(port, Unmeasured(_description.Baud));
        try
        {
            IReadOnlyList<ServoIdentity> found =
                HandshakePipeline<IReadOnlyList<ServoIdentity>>(
                    _time, found => found.Count < _servos.Count)
                    .Execute(_ => Identify(bus), cancel);
            if (!IsComplete(found))
            {
                throw new BusDiagnosis(_description, _servos, _open).Explain(bus, found);
            }

            var setup = new ServoSetup(bus);
            foreach (ExpectedServo servo in _servos)
            {
                setup.Configure(servo);
            }

            long latency = MeasureLatency(bus);
            bus.Timing = new BusTiming
            {
                Baud = _description.Baud,
                AdapterLatencyNanoseconds = Math.Clamp(
                    2 * latency,
                    port.LatencyNanosecondsMin,
                    BusTiming.UnmeasuredLatencyNanoseconds),
            };
            return new ConnectedBus(bus, found, latency);
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects again after the bus was lost, trying until it works or time is up.
    /// </summary>
    /// <param name="patience">How long to try.</param>
    /// <param name="cancel">Gives up early.</param>
    /// <exception cref="DeviceException">Why the last try failed.</exception>
    public ConnectedBus Reconnect(TimeSpan patience, CancellationToken cancel = default)
    {
        long start = _time.GetTimestamp();
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = ReconnectPause,
                MaxDelay = ReconnectPauseMax,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is DeviceException
                    && _time.GetElapsedTime(start) < patience),
            })
            .Build();
        return pipeline.Execute(Connect, cancel);
    }

    internal static BusTiming Unmeasured(int baud) => new()
    {
        Baud = baud,
        ReturnDelayNanoseconds = FeetechUnits.ReturnDelayToNanoseconds(Sts3215.ReturnDelay.Max),
    };

    /// <summary>Reads what one servo is.</summary>
    internal static bool TryIdentify(
        FeetechBus bus, byte id, long budgetEndNanoseconds, out ServoIdentity identity)
    {
        identity = default;
        if (!IsAnswer(bus.Ping(id, out _, budgetEndNanoseconds))
            || !IsAnswer(bus.Read(id, Sts3215.ModelNumber, out int model))
            || !IsAnswer(bus.Read(id, Sts3215.FirmwareMajor, out int major))
            || !IsAnswer(bus.Read(id, Sts3215.FirmwareMinor, out int minor)))
        {
            return false;
        }

        identity = new ServoIdentity(id, model, major, minor);
        return true;
    }

    internal static bool IsAnswer(BusStatus status) =>
        status is BusStatus.Ok or BusStatus.DeviceError;

    /// <summary>The patience of connecting: a few tries, each waiting longer.</summary>
    internal static ResiliencePipeline<T> HandshakePipeline<T>(
        TimeProvider time, Func<T, bool> isMissing) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = HandshakeRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = HandshakePause,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { } result && isMissing(result)),
            })
            .Build();

    private IByteTransport Open(int baud)
    {
        if (_description.Port == "virtual")
        {
            throw new DeviceException(
                "a virtual bus has no port yet",
                where: $"bus '{_description.Name}'",
                expected: "the port of a running emulator",
                remedy: "start the rig with 'hilrig run', which starts the emulator too");
        }

        return _open(_description.Port, baud);
    }

    private List<ServoIdentity> Identify(FeetechBus bus)
    {
        var found = new List<ServoIdentity>();
        foreach (ExpectedServo servo in _servos)
        {
            if (TryIdentify(bus, servo.Id, long.MaxValue, out ServoIdentity identity))
            {
                found.Add(identity);
            }
        }

        return found;
    }

    private bool IsComplete(IReadOnlyList<ServoIdentity> found) => found.Count == _servos.Count
        && found.Zip(_servos).All(pair => pair.First.ModelNumber == pair.Second.Model.ModelNumber);

    private long MeasureLatency(FeetechBus bus)
    {
        long wire = bus.Timing.WireNanoseconds(2 * FeetechPacket.OverheadBytes);
        long latencyMax = 0;
        for (int ping = 0; ping < LatencyPings; ping++)
        {
            byte id = _servos[ping % _servos.Count].Id;
            if (IsAnswer(bus.Ping(id, out ServoErrors _)))
            {
                latencyMax = Math.Max(
                    latencyMax, bus.ReplyNanoseconds - bus.WriteStartNanoseconds - wire);
            }
        }

        return latencyMax;
    }
}
