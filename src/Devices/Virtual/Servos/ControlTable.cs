using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// The registers of one servo as bytes. A write to a read-only or unlisted byte is ignored, as on
/// the servo: the protocol has no error bit for it. Below address 40 lies the EEPROM: a write acts
/// at once, but survives a reboot only if Lock was 0.
/// </summary>
internal sealed class ControlTable
{
    internal const int SizeBytes = 128;

    private readonly byte[] _live = new byte[SizeBytes];
    private readonly byte[] _eeprom = new byte[Register.RamStart];
    private readonly byte[] _factory = new byte[SizeBytes];
    private readonly bool[] _writable = new bool[SizeBytes];

    /// <summary>A servo as shipped, then set up with some registers.</summary>
    /// <param name="model">Its registers and factory values.</param>
    /// <param name="setUp">Registers that differ, and their values.</param>
    internal ControlTable(RegisterTable model, IReadOnlyDictionary<Register, int> setUp)
    {
        foreach (var register in model.Registers)
        {
            var bytes = _factory.AsSpan(register.Address, register.Length);
            register.TryEncode(register.Default ?? 0, bytes);
            _writable.AsSpan(register.Address, register.Length)
                .Fill(register.Access == RegisterAccess.ReadWrite);
        }

        Sts3215.ModelNumber.TryEncode(
            model.ModelNumber, _factory.AsSpan(Sts3215.ModelNumber.Address, 2));
        foreach (var (register, value) in setUp)
        {
            register.TryEncode(value, _factory.AsSpan(register.Address, register.Length));
        }

        _factory.AsSpan(0, _eeprom.Length).CopyTo(_eeprom);
        PowerUp();
    }

    /// <summary>All bytes as a read sees them.</summary>
    internal ReadOnlySpan<byte> Live => _live;

    /// <summary>
    /// The EEPROM as saved, the RAM as shipped, the torque limit from Max_Torque.
    /// </summary>
    internal void PowerUp()
    {
        _factory.CopyTo(_live, 0);
        _eeprom.CopyTo(_live, 0);
        Set(Sts3215.TorqueLimit, Get(Sts3215.MaxTorque));
    }

    /// <summary>Factory values; the id stays.</summary>
    internal void FactoryReset()
    {
        var id = Get(Sts3215.Id);
        _factory.AsSpan(0, _eeprom.Length).CopyTo(_eeprom);
        _eeprom[Sts3215.Id.Address] = (byte)id;
        PowerUp();
    }

    /// <summary>A write from the bus.</summary>
    internal void Write(int address, ReadOnlySpan<byte> values)
    {
        var locked = Get(Sts3215.Lock) != 0;
        for (var i = 0; i < values.Length && address + i < SizeBytes; i++)
        {
            if (!_writable[address + i])
            {
                continue;
            }

            _live[address + i] = values[i];
            if (!locked && address + i < Register.RamStart)
            {
                _eeprom[address + i] = values[i];
            }
        }
    }

    /// <summary>
    /// Saves an EEPROM register whatever Lock says, as the firmware's own calibration does.
    /// </summary>
    internal void Save(Register register) =>
        _live.AsSpan(register.Address, register.Length)
            .CopyTo(_eeprom.AsSpan(register.Address));

    internal int Get(Register register) => register.Decode(_live.AsSpan(register.Address));

    /// <summary>
    /// Sets a register from inside the servo; a value that does not fit is clamped.
    /// </summary>
    internal void Set(Register register, int value)
    {
        var magnitudeMax = register.SignBit is int sign
            ? (1 << sign) - 1 : (1 << (8 * register.Length)) - 1;
        var clamped = Math.Clamp(value, register.SignBit is null ? 0 : -magnitudeMax, magnitudeMax);
        register.TryEncode(clamped, _live.AsSpan(register.Address, register.Length));
    }

    internal void Digest(ref StateDigest digest)
    {
        digest.Add(_live);
        digest.Add(_eeprom);
    }
}
