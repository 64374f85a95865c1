using HilRig.Core.Sampling;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual.Servos;

/// <summary>One servo: control table, firmware, motor and gear, encoder, heat.</summary>
internal sealed class VirtualServo
{
    /// <summary>Physics steps in one firmware tick.</summary>
    internal const int StepsPerTick = 4;

    private const int PhasesOfEncoder = 16;

    private readonly VirtualServoPlacement _placement;
    private readonly VirtualServoParameters _parameters;
    private readonly GearedMotor _motor;
    private readonly OutputEncoder _encoder;
    private readonly ServoFirmware _firmware;
    private readonly ServoWatch _watch;
    private readonly int _firmwarePhase;
    private readonly byte[] _prepared = new byte[FeetechPacket.ParameterBytesMax];
    private readonly double _ambient;
    private double _celsius;
    private double _shaftAngle;
    private double _volts;
    private int _preparedAddress;
    private int _preparedBytes;

    internal VirtualServo(
        VirtualServoPlacement placement,
        ulong seed,
        double jointInertia,
        double ambientCelsius,
        VirtualArmEventRing events)
    {
        _placement = placement;
        _parameters = placement.Parameters;
        var random = new CounterRandom(seed, 0x5E47_0000UL + placement.Id);
        _firmwarePhase = (int)(random.Bits(0) % StepsPerTick);
        _encoder = new OutputEncoder(
            placement.ZeroTicks + _parameters.ZeroErrorTicks,
            _parameters.EncoderEccentricity,
            random.Bits(1) % PhasesOfEncoder * (2 * Math.PI / PhasesOfEncoder));
        Table = new ControlTable(placement.Model, SetUp(placement));
        var ratio = placement.JointPerRadian;
        _motor = new GearedMotor(_parameters, jointInertia * ratio * ratio);
        _firmware = new ServoFirmware(Table, _parameters);
        _watch = new ServoWatch(placement.Id, events);
        _ambient = ambientCelsius;
        _celsius = ambientCelsius;
    }

    /// <summary>Id it answers to.</summary>
    internal byte Id => (byte)Table.Get(Sts3215.Id);

    /// <summary>Joint of the load it turns.</summary>
    internal int Dof => _placement.Dof;

    internal ControlTable Table { get; }

    internal ServoErrors Errors => _firmware.Errors;

    /// <summary>Whether its plug is in; without it the servo neither hears nor answers.</summary>
    internal bool IsConnected { get; private set; } = true;

    /// <summary>Whether it has its supply.</summary>
    internal bool IsPowered { get; private set; } = true;

    /// <summary>Baud rate it listens at.</summary>
    internal int Baud => FeetechUnits.BaudOfCode(Table.Get(Sts3215.BaudRate));

    /// <summary>Duty cycle, −1 to 1.</summary>
    internal double Duty => _firmware.Duty;

    internal GearedMotor Motor => _motor;

    /// <summary>Current it draws from the supply, A; what it would feed back is burnt.</summary>
    internal double SupplyCurrent => IsPowered
        ? _parameters.IdleCurrent + Math.Max(0, _firmware.Duty * _motor.Current)
        : 0;

    /// <summary>Puts rotor and firmware at rest at a joint position.</summary>
    internal void PowerUp(double jointPosition, double volts)
    {
        _volts = volts;
        _shaftAngle = ShaftOf(jointPosition - _placement.JointOffset);
        _motor.Reset(_shaftAngle);
        Table.PowerUp();
        _firmware.PowerUp(_encoder.ReadTurns(_shaftAngle), _volts, _celsius);
        _preparedBytes = 0;
    }

    /// <summary>One physics step.</summary>
    /// <returns>Effort on the joint, N·m or N.</returns>
    internal double Step(long step, double jointPosition, double jointVelocity, double volts)
    {
        _volts = volts;
        _shaftAngle = ShaftOf(jointPosition - _placement.JointOffset);
        var shaftVelocity = ShaftOf(jointVelocity);
        if (step % StepsPerTick == _firmwarePhase)
        {
            Tick(step * VirtualArm.StepNanoseconds, shaftVelocity, volts);
        }

        var torque = _firmware.Mode switch
        {
            DriveMode.Off => _motor.Coast(_shaftAngle, shaftVelocity, VirtualArm.StepSeconds),
            DriveMode.Duty or DriveMode.Brake => _motor.Drive(
                _firmware.Duty * volts, _shaftAngle, shaftVelocity, VirtualArm.StepSeconds),
        };
        return torque * _placement.Sign / _placement.JointPerRadian;
    }

    /// <summary>A write from the bus, and what the firmware does about it.</summary>
    internal void Write(int address, ReadOnlySpan<byte> values, long now)
    {
        var before = Table.Get(Sts3215.TorqueEnable);
        Table.Write(address, values);
        if (Touches(Sts3215.TorqueEnable, address, values.Length))
        {
            if (Table.Get(Sts3215.TorqueEnable) == Sts3215.TorqueEnableRezeroes)
            {
                Table.Set(Sts3215.TorqueEnable, before);
                Rezero(now);
            }

            _firmware.TorqueWritten();
            _watch.TorqueWritten(now, Table.Get(Sts3215.TorqueEnable));
        }

        var limit = FeetechUnits.TenthPercentToFraction(Table.Get(Sts3215.TorqueLimit));
        if (Touches(Sts3215.TorqueLimit, address, values.Length))
        {
            _watch.TorqueLimitWritten(now, limit);
        }

        _watch.AfterWrite(now, Table.Get(Sts3215.GoalPosition), limit);
    }

    /// <summary>Keeps a write until <see cref="Act"/>.</summary>
    internal void Prepare(int address, ReadOnlySpan<byte> values)
    {
        _preparedAddress = address;
        _preparedBytes = values.Length;
        values.CopyTo(_prepared);
        Table.Set(Sts3215.RegWriteFlag, 1);
    }

    /// <summary>Does the prepared write, if there is one.</summary>
    internal void Act(long now)
    {
        if (_preparedBytes > 0)
        {
            Write(_preparedAddress, _prepared.AsSpan(0, _preparedBytes), now);
            _preparedBytes = 0;
            Table.Set(Sts3215.RegWriteFlag, 0);
        }
    }

    /// <summary>Restarts the firmware: torque off, RAM as shipped.</summary>
    internal void Reboot(long now, bool toFactoryValues)
    {
        if (toFactoryValues)
        {
            Table.FactoryReset();
        }
        else
        {
            Table.PowerUp();
        }

        _preparedBytes = 0;
        _firmware.PowerUp(_encoder.ReadTurns(_shaftAngle), _volts, _celsius);
        _watch.Note(now, VirtualArmEventKind.Rebooted);
    }

    /// <summary>Makes the present position read 2048.</summary>
    internal void Rezero(long now)
    {
        _firmware.Rezero(_encoder.ReadTurns(_shaftAngle));
        _watch.Note(now, VirtualArmEventKind.Rezeroed);
    }

    internal void Connect(bool plugged, long now)
    {
        IsConnected = plugged;
        _watch.Note(
            now, plugged ? VirtualArmEventKind.Reconnected : VirtualArmEventKind.Disconnected);
    }

    // RAM and torque are gone at once; the firmware starts when power returns.
    internal void Power(bool isOn, long now, double volts)
    {
        IsPowered = isOn;
        _volts = volts;
        Table.PowerUp();
        _preparedBytes = 0;
        _firmware.PowerUp(_encoder.ReadTurns(_shaftAngle), volts, _celsius);
        _watch.Note(
            now, isOn ? VirtualArmEventKind.PowerReturned : VirtualArmEventKind.PowerLost);
    }

    internal void Digest(ref StateDigest digest)
    {
        Table.Digest(ref digest);
        _firmware.Digest(ref digest);
        _motor.Digest(ref digest);
        digest.Add(_celsius);
        digest.Add(_prepared.AsSpan(0, _preparedBytes));
        digest.Add((IsConnected ? 1UL : 0UL) | (IsPowered ? 0UL : 2UL));
    }

    private static bool Touches(Register register, int address, int bytes) =>
        address < register.Address + register.Length && address + bytes > register.Address;

    private static Dictionary<Register, int> SetUp(VirtualServoPlacement placement)
    {
        var setUp = new Dictionary<Register, int>
        {
            [Sts3215.Id] = placement.Id,
            [Sts3215.MaxVoltage] = FeetechUnits.VoltsToCount(placement.Parameters.SupplyVoltsMax),
        };
        foreach (var (name, value) in placement.Registers)
        {
            if (placement.Model.TryFind(name, out var register))
            {
                setUp[register] = value;
            }
        }

        return setUp;
    }

    private double ShaftOf(double jointValue) =>
        _placement.Sign * jointValue / _placement.JointPerRadian;

    private void Tick(long now, double shaftVelocity, double volts)
    {
        var heat = _motor.Current * _motor.Current * _parameters.Resistance;
        var cooling = (_celsius - _ambient) / _parameters.ThermalResistance;
        _celsius += ServoFirmware.PeriodSeconds * (heat - cooling) / _parameters.HeatCapacity;
        if (IsPowered)
        {
            _firmware.Tick(_encoder.ReadTurns(_shaftAngle), _motor.Current, volts, _celsius);
        }

        _watch.AfterTick(now, _firmware.Mode, (int)_firmware.Errors, shaftVelocity, _shaftAngle);
    }
}
