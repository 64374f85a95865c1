using System.Security.Cryptography;
using System.Text;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;
using HilRig.Rig.Plants;
using HilRig.Sim.Models;

namespace HilRig.Rig.Virtual;

/// <summary>
/// Builds the virtual arm of a rig file: servos, their spread, the load, the start pose.
/// </summary>
public static class VirtualRig
{
    // Servos come from the shop with 500 µs return delay (2 µs a count): the driver must change it.
    private const int FactoryReturnDelay = 250;

    /// <summary>Builds the arm.</summary>
    /// <param name="rig">A rig with a 'virtual' block.</param>
    /// <exception cref="RigException">The rig has none, or a file it names is wrong.</exception>
    public static VirtualArm Build(RigDescription rig)
    {
        VirtualRigDescription described = rig.Virtual ?? throw new ScenarioException(
            "The rig describes no virtual arm",
            rig.Path,
            "a 'virtual' block",
            remedy: "a rig whose capabilities include 'virtual', such as rigs/so101-virtual.yaml");
        if (rig.Arms.Count != 1 || rig.Buses.Count != 1)
        {
            throw new ScenarioException(
                "A virtual rig has one arm on one bus",
                rig.Path,
                "1 arm, 1 bus",
                $"{rig.Arms.Count} arms, {rig.Buses.Count} buses",
                "one rig file for each virtual arm");
        }

        ServoFile servos = ServoFile.Load(described.ServoPath);
        Model hidden = TwinModel.Load(
            described.ModelPath, rig.Arms[0] with { ZeroKeyframe = null });
        string[] joints = [.. rig.Joints.Select(joint => joint.ModelJoint)];
        IServoLoad load = described.Scene is { } scene
            ? new SimulatedScene(hidden, joints, scene)
            : new SimulatedLoad(hidden, joints);
        return new VirtualArm(
            new VirtualArmOptions
            {
                Seed = described.Seed,
                Servos = Place(rig, servos, described.Seed),
                InitialPosition = [.. rig.Joints.Select(joint =>
                    described.InitialPosition.GetValueOrDefault(joint.Name))],
                SupplyVolts = described.SupplyVolts,
                LoadHash = LoadHash(described),
            },
            load);
    }

    private static List<VirtualServoPlacement> Place(
        RigDescription rig, ServoFile servos, ulong seed)
    {
        var placed = new List<VirtualServoPlacement>();
        for (int dof = 0; dof < rig.Joints.Count; dof++)
        {
            JointMapping joint = rig.Joints[dof];
            TransmissionLaw law = joint.Transmission ?? new TransmissionLaw(1, 0);
            foreach (ActuatorMapping actuator in joint.Actuators)
            {
                RegisterTables.TryFind(actuator.Model, out RegisterTable? table);
                placed.Add(new VirtualServoPlacement
                {
                    Id = actuator.Id,
                    Dof = dof,
                    Sign = actuator.Sign,
                    ZeroTicks = actuator.ZeroTicks,
                    JointPerRadian = law.Ratio,
                    JointOffset = law.Offset,
                    Model = table ?? Sts3215.Table,
                    Registers = new Dictionary<string, int>
                    {
                        [Sts3215.ReturnDelay.Name] = FactoryReturnDelay,
                        [Sts3215.MaxVoltage.Name] =
                            FeetechUnits.VoltsToCount(servos.Nominal.SupplyVoltsMax),
                    },
                    Parameters = servos.Spread.Sample(servos.Nominal, seed, actuator.Id),
                });
            }
        }

        return placed;
    }

    private static ulong LoadHash(VirtualRigDescription described)
    {
        IEnumerable<byte> parts = File.ReadAllBytes(described.ModelPath);
        foreach ((string name, double place) in described.Scene is { } scene
            ? scene.Objects.Zip(scene.Initial)
            : [])
        {
            parts = parts.Concat(Encoding.UTF8.GetBytes(name))
                .Concat(BitConverter.GetBytes(place));
        }

        return BitConverter.ToUInt64(SHA256.HashData([.. parts]));
    }
}
