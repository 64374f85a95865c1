using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;

namespace HilRig.Devices.Agent;

/// <summary>
/// Between joints (SI) and the counts of the servos that move them. Actuators are numbered joint by
/// joint in [dof] order. Immutable; conversions allocate nothing.
/// </summary>
/// <remarks>
/// angle = sign · (ticks - zero) / ticksPerRadian, position = offset + ratio · angle
/// (<see cref="TransmissionLaw"/>; ratio 1 and offset 0 without one).
/// </remarks>
public sealed class JointActuatorMap
{
    /// <summary>
    /// Most joints of a rig: <see cref="Core.Joints.JointState.FreshJoints"/> has 64 bits.
    /// </summary>
    public const int JointCountMax = 64;

    private readonly ActuatorMapping[] _actuators;
    private readonly int[] _joints;
    private readonly double[] _ratios;
    private readonly double[] _offsets;
    private readonly int[] _firstOfJoint;
    private readonly int[][] _onBus;

    /// <summary>Lays out the joints and actuators of a rig.</summary>
    /// <param name="rig">The rig.</param>
    /// <exception cref="DeviceException">A mapping cannot be computed with.</exception>
    public JointActuatorMap(RigDescription rig)
    {
        ArgumentNullException.ThrowIfNull(rig);
        IReadOnlyList<JointMapping> joints = rig.Joints;
        Require(joints.Count is > 0 and <= JointCountMax, rig.Path, "1 to 64 joints", joints.Count);
        var actuators = new List<ActuatorMapping>();
        var owners = new List<int>();
        _firstOfJoint = new int[joints.Count + 1];
        for (int j = 0; j < joints.Count; j++)
        {
            string where = rig.Path + ": joint " + joints[j].Name;
            Require(joints[j].Actuators.Count > 0, where, "at least one actuator", 0);
            _firstOfJoint[j] = actuators.Count;
            foreach (ActuatorMapping actuator in joints[j].Actuators)
            {
                Require(actuator.Sign is 1 or -1, where, "sign 1 or -1", actuator.Sign);
                double ticks = actuator.TicksPerRadian;
                Require(ticks > 0, where, "ticks per radian > 0", ticks);
                actuators.Add(actuator);
                owners.Add(j);
            }
        }

        _firstOfJoint[^1] = actuators.Count;
        _actuators = [.. actuators];
        _joints = [.. owners];
        _ratios = [.. owners.Select(j => joints[j].Transmission?.Ratio ?? 1)];
        _offsets = [.. owners.Select(j => joints[j].Transmission?.Offset ?? 0)];
        Require(_ratios.All(ratio => ratio != 0), rig.Path, "transmission ratios other than 0", 0);
        _onBus = [.. rig.Buses.Select(bus => Enumerable.Range(0, _actuators.Length)
            .Where(a => _actuators[a].Bus == bus.Name).ToArray())];
        Require(
            _onBus.Sum(bus => bus.Length) == _actuators.Length,
            rig.Path,
            "every actuator on a bus of the rig",
            string.Join(", ", _actuators.Select(actuator => actuator.Bus).Distinct()));
    }

    /// <summary>Number of joints.</summary>
    public int JointCount => _firstOfJoint.Length - 1;

    /// <summary>Number of actuators of all buses.</summary>
    public int ActuatorCount => _actuators.Length;

    /// <summary>The actuator's part of the rig file.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    public ActuatorMapping Actuator(int actuator) => _actuators[actuator];

    /// <summary>Index of the joint that the actuator moves.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    public int JointOf(int actuator) => _joints[actuator];

    /// <summary>
    /// Index of the first actuator of a joint; the others of that joint follow it.
    /// </summary>
    /// <param name="joint">Index of the joint.</param>
    public int FirstActuatorOf(int joint) => _firstOfJoint[joint];

    /// <summary>Number of actuators of a joint.</summary>
    /// <param name="joint">Index of the joint.</param>
    public int ActuatorCountOf(int joint) => _firstOfJoint[joint + 1] - _firstOfJoint[joint];

    /// <summary>Actuators of one bus, in the order of their servos on it.</summary>
    /// <param name="bus">Index of the bus in the rig.</param>
    public ReadOnlySpan<int> OnBus(int bus) => _onBus[bus];

    /// <summary>Index in the rig of the bus that the actuator hangs on.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    public int BusOf(int actuator)
    {
        int bus = 0;
        while (!OnBus(bus).Contains(actuator))
        {
            bus++;
        }

        return bus;
    }

    /// <summary>Angle of the actuator's shaft, rad from its zero, at a joint position.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    /// <param name="position">Joint position, rad or m.</param>
    public double AngleAt(int actuator, double position) =>
        (position - _offsets[actuator]) / _ratios[actuator];

    /// <summary>Nearest count at a joint position.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    /// <param name="position">Joint position, rad or m; finite.</param>
    public int TicksAt(int actuator, double position)
    {
        ActuatorMapping mapping = _actuators[actuator];
        return mapping.ZeroTicks + (int)Math.Round(
            mapping.Sign * AngleAt(actuator, position) * mapping.TicksPerRadian,
            MidpointRounding.AwayFromZero);
    }

    /// <summary>Joint position at a count, rad or m.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    /// <param name="ticks">Counts.</param>
    public double PositionAt(int actuator, int ticks)
    {
        ActuatorMapping mapping = _actuators[actuator];
        double angle = mapping.Sign * (ticks - mapping.ZeroTicks) / mapping.TicksPerRadian;
        return _offsets[actuator] + _ratios[actuator] * angle;
    }

    /// <summary>
    /// Joint velocity at a shaft velocity in the actuator's own sense, rad/s or m/s.
    /// </summary>
    /// <param name="actuator">Index of the actuator.</param>
    /// <param name="shaftRadiansPerSecond">Velocity as the servo reports it, rad/s.</param>
    public double VelocityAt(int actuator, double shaftRadiansPerSecond) =>
        _ratios[actuator] * _actuators[actuator].Sign * shaftRadiansPerSecond;

    /// <summary>Set-up: refuses soft limits that lie beyond what an actuator can count.</summary>
    /// <param name="rig">The rig this map was made from.</param>
    /// <exception cref="DeviceException">Some limit is out of an actuator's reach.</exception>
    internal void RequireReachable(RigDescription rig)
    {
        for (int a = 0; a < ActuatorCount; a++)
        {
            JointMapping joint = rig.Joints[_joints[a]];
            int atMin = TicksAt(a, joint.SoftLimits.Min);
            int atMax = TicksAt(a, joint.SoftLimits.Max);
            bool isInside = Math.Min(atMin, atMax) >= 0
                && Math.Max(atMin, atMax) < Registers.Sts3215.TicksPerTurn;
            Require(
                isInside,
                $"{rig.Path}: joint {joint.Name}, servo {_actuators[a].Id}",
                $"soft limits within 0 to {Registers.Sts3215.TicksPerTurn - 1} counts",
                $"{atMin} to {atMax} counts");
        }
    }

    private static void Require(bool condition, string where, string expected, object found)
    {
        if (!condition)
        {
            throw new DeviceException(
                "joints cannot be mapped to actuators",
                where,
                expected,
                Convert.ToString(found, CultureInfo.InvariantCulture),
                "correct the rig file");
        }
    }
}
