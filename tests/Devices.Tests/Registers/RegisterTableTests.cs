using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Registers;

/// <summary>The control tables.</summary>
public sealed class RegisterTableTests
{
    [TestCaseSource(nameof(Tables))]
    public void Registers_rise_and_do_not_overlap(RegisterTable table)
    {
        int next = 0;
        foreach (Register register in table.Registers)
        {
            Assert.That((int)register.Address, Is.GreaterThanOrEqualTo(next), register.Name);
            Assert.That((int)register.Length, Is.EqualTo(1).Or.EqualTo(2), register.Name);
            next = register.Address + register.Length;
        }
    }

    [TestCaseSource(nameof(Tables))]
    public void Defaults_and_largest_values_fit_their_registers(RegisterTable table)
    {
        foreach (Register register in table.Registers)
        {
            byte[] bytes = new byte[2];
            if (register.Access == RegisterAccess.ReadWrite)
            {
                Assert.That(register.TryEncode(register.Max, bytes), Is.True, register.Name);
                Assert.That(
                    register.Default ?? 0, Is.LessThanOrEqualTo(register.Max), register.Name);
            }

            if (register.Default is int value)
            {
                Assert.That(register.TryEncode(value, bytes), Is.True, register.Name);
                Assert.That(register.Decode(bytes), Is.EqualTo(value), register.Name);
            }
        }
    }

    [TestCaseSource(nameof(Tables))]
    public void A_table_is_found_by_name_and_by_number(RegisterTable table)
    {
        string upper = table.Model.ToUpperInvariant();
        Assert.That(RegisterTables.TryFind(upper, out RegisterTable? byName), Is.True);
        Assert.That(
            RegisterTables.TryFind(table.ModelNumber, out RegisterTable? byNumber), Is.True);
        Assert.That(byName, Is.SameAs(table));
        Assert.That(byNumber, Is.SameAs(table));
    }

    [Test]
    public void An_unknown_model_is_not_found() =>
        Assert.That(RegisterTables.TryFind("sts9999", out _), Is.False);

    [TestCase("firmware_major", 0, 1)]
    [TestCase("model_number", 3, 2)]
    [TestCase("id", 5, 1)]
    [TestCase("return_delay", 7, 1)]
    [TestCase("position_p", 21, 1)]
    [TestCase("position_d", 22, 1)]
    [TestCase("position_i", 23, 1)]
    [TestCase("homing_offset", 31, 2)]
    [TestCase("torque_enable", 40, 1)]
    [TestCase("goal_position", 42, 2)]
    [TestCase("torque_limit", 48, 2)]
    [TestCase("lock", 55, 1)]
    [TestCase("present_position", 56, 2)]
    [TestCase("present_load", 60, 2)]
    [TestCase("present_voltage", 62, 1)]
    [TestCase("status", 65, 1)]
    [TestCase("present_current", 69, 2)]
    public void Addresses_are_those_of_the_memory_table(string name, int address, int length)
    {
        Assert.That(Sts3215.Table.TryFind(name, out Register? register), Is.True);
        Assert.That((int)register!.Address, Is.EqualTo(address));
        Assert.That((int)register.Length, Is.EqualTo(length));
    }

    [Test]
    public void Addresses_below_40_are_eeprom()
    {
        Assert.That(Sts3215.VelocityI.Area, Is.EqualTo(RegisterArea.Eeprom));
        Assert.That(Sts3215.TorqueEnable.Area, Is.EqualTo(RegisterArea.Ram));
    }

    [Test]
    public void Model_numbers_are_those_the_servos_answer()
    {
        Assert.That(Sts3215.Table.ModelNumber, Is.EqualTo(777));
        Assert.That(Sts3250.Table.ModelNumber, Is.EqualTo(2825));
    }

    private static IEnumerable<RegisterTable> Tables() => RegisterTables.All;
}
