using HilRig.Core.Sampling;
using HilRig.Devices.Power;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual.Faults;

/// <summary>
/// Something that goes wrong on a virtual bus. Belongs to the bus's thread once it is on the bus;
/// nothing allocates after that, and all depends on options and time of the arm only, so that runs
/// repeat.
/// </summary>
public sealed class BusFault
{
    private readonly BusFaultOptions _options;
    private readonly FaultSpan _span;
    private readonly CounterRandom _random;
    private readonly byte[][] _frozen;
    private bool _isActive;
    private long _seen;
    private ulong _draws;

    /// <summary>Makes a fault that has not begun.</summary>
    /// <param name="options">What, where and when.</param>
    public BusFault(BusFaultOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _span = new FaultSpan(options.Start, options.ForSeconds);
        _random = new CounterRandom(options.Seed, (ulong)(options.Number ?? 0));
        _frozen = options.Kind == BusFaultKind.Stuck ? Tables() : [];
    }

    /// <summary>Whether it closes the port now.</summary>
    internal bool CutsPort =>
        _isActive && _options is { Kind: BusFaultKind.Off, ServoId: null };

    /// <summary>Begins or ends it when it is time; between two steps.</summary>
    /// <param name="arm">The arm.</param>
    internal void Advance(VirtualArm arm)
    {
        var isActive = _span.Holds(arm);
        if (isActive == _isActive)
        {
            return;
        }

        _isActive = isActive;
        if (_options is { Kind: BusFaultKind.Off, ServoId: { } id })
        {
            arm.Connect(id, plugged: !isActive);
        }

        if (isActive && _options.Kind == BusFaultKind.Stuck)
        {
            Freeze(arm);
        }

        ActOnPanel(arm, isActive);
        if (_options.Number is { } number)
        {
            arm.Events.Add(new VirtualArmEvent(
                arm.ArmNanoseconds,
                _options.ServoId ?? FeetechPacket.BroadcastId,
                isActive ? VirtualArmEventKind.FaultBegan : VirtualArmEventKind.FaultEnded,
                number));
        }
    }

    /// <summary>What happens to a reply.</summary>
    /// <param name="servoId">Who replies.</param>
    internal ReplyEffect OnReply(byte servoId)
    {
        if (!Touches(servoId) || !IsHit())
        {
            return default;
        }

        var late = (long)(_options.BySeconds * 1e9);
        return _options.Kind switch
        {
            BusFaultKind.Off or BusFaultKind.Stuck or BusFaultKind.Wrong or BusFaultKind.Press
                or BusFaultKind.Unwire or BusFaultKind.Unpower => default,
            BusFaultKind.Garbage => new ReplyEffect(IsCorrupt: true),
            BusFaultKind.Slow => new ReplyEffect(DelayNanoseconds: late),
            BusFaultKind.Delayed => new ReplyEffect(HandoverNanoseconds: late),
            BusFaultKind.Intermittent => new ReplyEffect(IsLost: true),
        };
    }

    /// <summary>Changes what a reply tells.</summary>
    /// <param name="servo">Index of the servo.</param>
    /// <param name="id">Id it gives.</param>
    /// <param name="errors">Errors it reports.</param>
    /// <param name="address">First register of the content.</param>
    /// <param name="content">Content, changed in place.</param>
    internal void Falsify(
        int servo, ref byte id, ref ServoErrors errors, int address, Span<byte> content)
    {
        if (!Touches(id))
        {
            return;
        }

        if (_options.Kind == BusFaultKind.Stuck && servo < _frozen.Length)
        {
            _frozen[servo].AsSpan(address, content.Length).CopyTo(content);
        }
        else if (_options.Kind == BusFaultKind.Wrong)
        {
            Lie(ref id, ref errors, address, content);
        }
    }

    private void ActOnPanel(VirtualArm arm, bool isActive)
    {
        if (_options.Kind is BusFaultKind.Press or BusFaultKind.Unwire)
        {
            arm.EmergencyStop = !isActive ? EmergencyStopStatus.Released
                : _options.Kind == BusFaultKind.Press ? EmergencyStopStatus.Pressed
                : EmergencyStopStatus.Lost;
        }
        else if (_options.Kind == BusFaultKind.Unpower)
        {
            arm.HasSupply = !isActive;
        }
    }

    private static byte[][] Tables()
    {
        var tables = new byte[VirtualArm.RepliesMax][];
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = new byte[Servos.ControlTable.SizeBytes];
        }

        return tables;
    }

    private bool Touches(byte servoId) =>
        _isActive && (_options.ServoId is null || _options.ServoId == servoId);

    private bool IsHit() =>
        ++_seen % Math.Max(1, _options.Every) == 0
        && (_options.Probability >= 1 || _random.Unit(_draws++) < _options.Probability);

    private void Freeze(VirtualArm arm)
    {
        for (var i = 0; i < arm.Servos.Length; i++)
        {
            arm.Servos[i].Table.Live.CopyTo(_frozen[i]);
        }
    }

    private void Lie(ref byte id, ref ServoErrors errors, int address, Span<byte> content)
    {
        var lie = _options.Lie;
        id = lie.Id ?? id;
        errors |= lie.Errors ?? ServoErrors.None;
        if (lie.SupplyVolts is { } volts)
        {
            Put(Sts3215.PresentVoltage, FeetechUnits.VoltsToCount(volts), address, content);
        }

        if (lie.TemperatureCelsius is { } celsius)
        {
            Put(Sts3215.PresentTemperature, (int)Math.Round(celsius), address, content);
        }

        var at = Sts3215.PresentPosition.Address - address;
        if (lie.AngleRadians is { } angle && at >= 0
            && at + Sts3215.PresentPosition.Length <= content.Length)
        {
            var ticks = Sts3215.PresentPosition.Decode(content[at..])
                + FeetechUnits.RadiansToTicks(angle);
            Put(Sts3215.PresentPosition, ticks, address, content);
        }
    }

    private static void Put(Register register, int value, int address, Span<byte> content)
    {
        var at = register.Address - address;
        if (at >= 0 && at + register.Length <= content.Length)
        {
            _ = register.TryEncode(value, content.Slice(at, register.Length));
        }
    }
}
