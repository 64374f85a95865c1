using HilRig.Core.Errors;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Buses;

/// <summary>Writes the registers a servo needs, until power-off, and reads each one back.</summary>
internal sealed class ServoSetup
{
    private const int WriteAttempts = 3;

    // At set-up a busy computer is no fault of the servo: each read is asked some times more.
    private const int ReadAttempts = 5;

    // Registers that move the arm, switch it or change who it is have no place in a rig file.
    private static readonly Register[] NotConfigurable =
    [
        Sts3215.Id, Sts3215.BaudRate, Sts3215.ResponseLevel, Sts3215.TorqueEnable,
        Sts3215.GoalPosition, Sts3215.GoalTime, Sts3215.GoalVelocity, Sts3215.Lock,
    ];

    private readonly FeetechBus _bus;

    public ServoSetup(FeetechBus bus)
    {
        _bus = bus;
    }

    /// <summary>Configures one servo.</summary>
    /// <exception cref="DeviceException">
    /// A register is unknown or does not keep its value.
    /// </exception>
    public void Configure(ExpectedServo servo)
    {
        RequireAcknowledgements(servo);
        using (_bus.Configure(servo.Id, ConfigurationLifetime.UntilPowerOff))
        {
            Apply(servo, Sts3215.ReturnDelay, 0);
            foreach ((string name, int value) in servo.Registers)
            {
                Apply(servo, Find(servo, name), value);
            }
        }

        RequireFineVelocity(servo);
    }

    private static bool IsConfigurable(Register register) =>
        register.Access == RegisterAccess.ReadWrite && !NotConfigurable.Contains(register);

    private Register Find(ExpectedServo servo, string name)
    {
        if (servo.Model.TryFind(name, out Register? register)
            && IsConfigurable(register))
        {
            return register;
        }

        IEnumerable<string> names = servo.Model.Registers
            .Where(IsConfigurable)
            .Select(known => known.Name);
        throw new DeviceException(
            $"register '{name}' cannot be set in a rig file",
            where: Where(servo),
            expected: "one of " + string.Join(", ", names),
            found: name,
            remedy: "correct or remove it");
    }

    // An acknowledgement may get lost; what counts is what the servo has in the end.
    private void Apply(ExpectedServo servo, Register register, int value)
    {
        BusStatus status = BusStatus.Ok;
        int found = 0;
        for (int attempt = 0; attempt < WriteAttempts; attempt++)
        {
            status = _bus.Write(servo.Id, register, value);
            if (status == BusStatus.Refused)
            {
                break;
            }

            status = Read(servo, register, out found);
            if (ServoBusConnector.IsAnswer(status) && found == value)
            {
                return;
            }
        }

        throw new DeviceException(
            $"register '{register.Name}' ({register.Address}) does not take its value",
            where: Where(servo),
            expected: $"{value}",
            found: ServoBusConnector.IsAnswer(status) ? $"{found}" : $"bus status {status}",
            remedy: "check the value against the servo's memory table, and its cable");
    }

    private BusStatus Read(ExpectedServo servo, Register register, out int value)
    {
        BusStatus status = _bus.Read(servo.Id, register, out value);
        for (int i = 1; i < ReadAttempts && !ServoBusConnector.IsAnswer(status); i++)
        {
            status = _bus.Read(servo.Id, register, out value);
        }

        return status;
    }

    private void RequireAcknowledgements(ExpectedServo servo)
    {
        BusStatus status = Read(servo, Sts3215.ResponseLevel, out int level);
        if (!ServoBusConnector.IsAnswer(status) || level != 1)
        {
            throw new DeviceException(
                "the servo does not acknowledge writes",
                where: Where(servo),
                expected: "register 'response_level' (8) = 1",
                found: ServoBusConnector.IsAnswer(status) ? $"{level}" : $"bus status {status}",
                remedy: "set register 8 to 1 with the vendor's tool");
        }
    }

    private void RequireFineVelocity(ExpectedServo servo)
    {
        BusStatus status = Read(servo, Sts3215.Phase, out int phase);
        if (!ServoBusConnector.IsAnswer(status) || FeetechUnits.VelocityTicksPerCount(phase) != 1)
        {
            throw new DeviceException(
                "the servo measures velocity in steps of 50 ticks per second",
                where: Where(servo),
                expected: "bit 2 of register 'phase' (18) set",
                found: ServoBusConnector.IsAnswer(status)
                    ? $"phase = {phase}"
                    : $"bus status {status}",
                remedy: $"add 'phase: {phase | (1 << FeetechUnits.PhaseFineVelocityBit)}' to this "
                    + "servo's registers in the rig file");
        }
    }

    private string Where(ExpectedServo servo) => $"{_bus.Name}, servo {servo}";
}
