using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Buses;

/// <summary>A servo as bytes, without mechanics or time.</summary>
internal sealed class FakeServo
{
    public FakeServo(byte id, RegisterTable? model = null)
    {
        RegisterTable table = model ?? Sts3215.Table;
        foreach (Register register in table.Registers)
        {
            Set(register, register.Default ?? 0);
        }

        Set(Sts3215.ModelNumber, table.ModelNumber);
        Set(Sts3215.Id, id);
        PowerUpEeprom = Bytes[..40];
    }

    public byte[] Bytes { get; } = new byte[128];

    public byte[] PowerUpEeprom { get; private set; }

    public byte Id => Bytes[Sts3215.Id.Address];

    public byte Errors { get; set; }

    /// <summary>A stubborn servo takes no writes at these addresses.</summary>
    public HashSet<int> FrozenAddresses { get; } = [];

    public (byte Address, byte[] Bytes)? Prepared { get; set; }

    public int Get(Register register) => register.Decode(Bytes.AsSpan(register.Address));

    public void Set(Register register, int value) =>
        register.TryEncode(value, Bytes.AsSpan(register.Address));

    public void Write(byte address, ReadOnlySpan<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            if (!FrozenAddresses.Contains(address + index))
            {
                Bytes[address + index] = bytes[index];
            }
        }

        if (Get(Sts3215.Lock) == 0)
        {
            PowerUpEeprom = Bytes[..40];
        }
    }
}
