using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Buses;

/// <summary>A servo that a rig file says is on a bus.</summary>
/// <param name="Id">Bus id.</param>
/// <param name="Model">Its register table.</param>
/// <param name="Joint">Joint it moves, for messages.</param>
/// <param name="Registers">
/// Registers to write at connect and to read back, in counts, by name.
/// </param>
public sealed record ExpectedServo(
    byte Id, RegisterTable Model, string Joint, IReadOnlyDictionary<string, int> Registers)
{
    /// <summary>The servos of a rig that hang on one bus, in joint order.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="busName">Bus name.</param>
    /// <exception cref="DeviceException">A model is unknown, or an id is used twice.</exception>
    public static IReadOnlyList<ExpectedServo> OnBus(RigDescription rig, string busName)
    {
        var servos = new List<ExpectedServo>();
        foreach (JointMapping joint in rig.Joints)
        {
            foreach (ActuatorMapping actuator in joint.Actuators)
            {
                if (actuator.Bus == busName)
                {
                    servos.Add(From(rig, joint, actuator));
                }
            }
        }

        ExpectedServo? twice = servos.GroupBy(servo => servo.Id)
            .FirstOrDefault(group => group.Count() > 1)?.Last();
        if (twice is not null)
        {
            throw new DeviceException(
                $"two joints claim servo {twice.Id} of bus '{busName}'",
                where: $"{rig.Path}, joint {twice.Joint}",
                expected: "one joint for each servo",
                remedy: "correct the id");
        }

        return servos;
    }

    /// <summary>The servo in a few words.</summary>
    public override string ToString() => $"{Id} {Model.Model} ({Joint})";

    private static ExpectedServo From(
        RigDescription rig, JointMapping joint, ActuatorMapping actuator) =>
        RegisterTables.TryFind(actuator.Model, out RegisterTable? table)
            ? new ExpectedServo(actuator.Id, table, joint.Name, actuator.Registers)
            : throw new DeviceException(
                $"servo model '{actuator.Model}' is unknown",
                where: $"{rig.Path}, joint {joint.Name}",
                expected: string.Join(" or ", RegisterTables.All.Select(known => known.Model)),
                remedy: "correct the model, or add a register table");
}
