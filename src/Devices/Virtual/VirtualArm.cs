using HilRig.Devices.Power;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual.Logs;
using HilRig.Devices.Virtual.Scenes;
using HilRig.Devices.Virtual.Servos;
using HilRig.Devices.Virtual.Wire;

namespace HilRig.Devices.Virtual;

/// <summary>
/// Virtual servos on one supply and one load, advanced in fixed steps of 0.25 ms. What comes from
/// outside (packets, plugs) takes effect between two steps and can be logged; the state after any
/// step depends on options, load and that log only, bit for bit. One thread; nothing allocates
/// after construction.
/// </summary>
public sealed class VirtualArm
{
    /// <summary>Length of a physics step, ns.</summary>
    public const long StepNanoseconds = 250_000;

    internal const double StepSeconds = StepNanoseconds * 1e-9;
    internal const int RepliesMax = FeetechPacket.ParameterBytesMax;

    private const int EventsHeld = 4096;

    private readonly VirtualServo[] _servos;
    private readonly IServoLoad _load;
    private readonly ISceneLoad? _scene;
    private readonly double[] _jointTorque;
    private readonly double _supplyVolts;
    private readonly double _supplyResistance;
    private double _volts;
    private bool _hasSupply = true;
    private bool _isRelayClosed = true;
    private VirtualArmLogWriter? _log;

    /// <summary>Makes an arm, powered on at step 0 with its torque off.</summary>
    /// <param name="options">Servos, supply and pose.</param>
    /// <param name="load">What the servos turn; is reset to the initial pose.</param>
    /// <exception cref="Core.Errors.ScenarioException">The options are out of range.</exception>
    public VirtualArm(VirtualArmOptions options, IServoLoad load)
    {
        options.Validate(load.DofCount);
        Options = options;
        _load = load;
        _scene = load as ISceneLoad;
        _supplyVolts = options.SupplyVolts;
        _supplyResistance = options.SupplyResistance;
        _volts = options.SupplyVolts;
        _jointTorque = new double[load.DofCount];
        Events = new VirtualArmEventRing(EventsHeld);
        double[] initial = [.. options.InitialPosition];
        var inertia = LoadProbe.MeasureInertia(load, initial);
        load.Reset(initial);
        _servos =
        [
            .. options.Servos.Select(servo => new VirtualServo(
                servo, options.Seed, inertia[servo.Dof], options.AmbientCelsius, Events)),
        ];
        foreach (var servo in _servos)
        {
            servo.PowerUp(load.Position[servo.Dof], _volts);
        }
    }

    /// <summary>What it was made of.</summary>
    public VirtualArmOptions Options { get; }

    /// <summary>Steps since power-on.</summary>
    public long StepIndex { get; private set; }

    /// <summary>Time since power-on, ns.</summary>
    public long ArmNanoseconds => StepIndex * StepNanoseconds;

    /// <summary>Supply voltage at the servos, V.</summary>
    public double BusVolts => _volts;

    /// <summary>Joint positions of the load, rad or m. Shape [dof].</summary>
    public ReadOnlySpan<double> JointPosition => _load.Position;

    /// <summary>Joint velocities of the load, rad/s or m/s. Shape [dof].</summary>
    public ReadOnlySpan<double> JointVelocity => _load.Velocity;

    /// <summary>Number of object joints of the load's scene; 0 for none.</summary>
    public int ObjectCount => _scene?.ObjectCount ?? 0;

    /// <summary>Places of the scene's objects, rad or m. Shape [object].</summary>
    public ReadOnlySpan<double> ObjectPosition => _scene is null ? [] : _scene.ObjectPosition;

    /// <summary>What happened lately.</summary>
    public VirtualArmEventRing Events { get; }

    /// <summary>Current of all servos, A.</summary>
    public double SupplyAmperes { get; private set; }

    /// <summary>Whether the servos have power: a supply, and a closed relay before them.</summary>
    public bool IsPowered { get; private set; } = true;

    /// <summary>Whether there is a supply; a fault takes it.</summary>
    internal bool HasSupply
    {
        get => _hasSupply;
        set
        {
            _hasSupply = value;
            Power(value && _isRelayClosed);
        }
    }

    /// <summary>Whether the relay before the servos is closed.</summary>
    internal bool IsRelayClosed
    {
        get => _isRelayClosed;
        set
        {
            _isRelayClosed = value;
            Power(value && _hasSupply);
        }
    }

    /// <summary>What the emergency stop beside the arm says; it acts on nothing.</summary>
    public EmergencyStopStatus EmergencyStop { get; internal set; }

    internal ReadOnlySpan<VirtualServo> Servos => _servos;

    /// <summary>
    /// Writes everything that comes from outside to a log from now on. Only before the first step.
    /// </summary>
    /// <param name="log">The log; the caller disposes it after the last step.</param>
    /// <exception cref="InvalidOperationException">The arm has stepped or has a log.</exception>
    public void RecordTo(VirtualArmLogWriter log)
    {
        Core.Errors.Invariant.Require(
            StepIndex == 0 && _log is null, "an arm is logged from its first step, once");
        log.WriteHeader(this);
        _log = log;
    }

    /// <summary>Steps as long as a whole step fits before an instant.</summary>
    /// <param name="armNanoseconds">Instant in time of the arm, ns since power-on.</param>
    public void StepTo(long armNanoseconds)
    {
        while (armNanoseconds - ArmNanoseconds >= StepNanoseconds)
        {
            Step();
        }
    }

    /// <summary>
    /// Digest of the whole state: servos, load, supply, step. Equal for equal bits.
    /// </summary>
    public ulong StateHash()
    {
        var digest = new StateDigest();
        digest.Add((ulong)StepIndex);
        digest.Add(_volts);
        foreach (var value in _load.Position)
        {
            digest.Add(value);
        }

        foreach (var value in _load.Velocity)
        {
            digest.Add(value);
        }

        foreach (var servo in _servos)
        {
            servo.Digest(ref digest);
        }

        for (var i = 0; i < ObjectCount; i++)
        {
            digest.Add(_scene!.ObjectPosition[i]);
            digest.Add(_scene.ObjectVelocity[i]);
        }

        return digest.Value;
    }

    /// <summary>
    /// Puts the objects of the scene at rest somewhere; the arm stays where it is.
    /// </summary>
    /// <param name="position">Places, rad or m. Shape [object].</param>
    /// <exception cref="InvalidOperationException">The load has no such scene.</exception>
    public void Place(ReadOnlySpan<double> position)
    {
        Core.Errors.Invariant.Require(
            _scene is not null && position.Length == _scene.ObjectCount,
            "a placement has one place for each object of the scene");
        _log?.WritePlacement(StepIndex, position);
        _scene!.Place(position);
    }

    /// <summary>
    /// Plugs a servo out of the bus or back in; its motor keeps doing what it did.
    /// </summary>
    /// <param name="id">Bus id.</param>
    /// <param name="plugged">False: it neither hears nor answers.</param>
    public void Connect(byte id, bool plugged)
    {
        _log?.WriteConnect(StepIndex, id, plugged);
        foreach (var servo in _servos)
        {
            if (servo.Id == id && servo.IsConnected != plugged)
            {
                servo.Connect(plugged, ArmNanoseconds);
            }
        }
    }

    /// <summary>
    /// Gives the servos their power or takes it. Without it they are limp, neither hear nor answer,
    /// and forget what is in RAM; with it they start as after power-on.
    /// </summary>
    /// <param name="isOn">Whether they have it from now on.</param>
    public void Power(bool isOn)
    {
        if (IsPowered == isOn)
        {
            return;
        }

        _log?.WritePower(StepIndex, isOn);
        IsPowered = isOn;
        _volts = isOn ? _supplyVolts : 0;
        foreach (var servo in _servos)
        {
            servo.Power(isOn, ArmNanoseconds, _volts);
        }
    }

    /// <summary>
    /// Value of a register as a bus read sees it, for observers that must not disturb the bus.
    /// </summary>
    /// <param name="id">Bus id.</param>
    /// <param name="register">Which.</param>
    /// <exception cref="ArgumentException">No servo has this id.</exception>
    public int ReadRegister(byte id, Register register)
    {
        foreach (var servo in _servos)
        {
            if (servo.Id == id)
            {
                return servo.Table.Get(register);
            }
        }

        throw new ArgumentException($"no servo has id {id}", nameof(id));
    }

    /// <summary>Acts on one instruction packet, between two steps.</summary>
    /// <param name="frame">The packet.</param>
    /// <param name="baud">
    /// Baud rate it was sent at; servos set to another do not hear it. 0: all hear.
    /// </param>
    /// <param name="replies">
    /// Receives the replies in the order of the wire; at least 253 long.
    /// </param>
    /// <returns>Number of replies.</returns>
    internal int Execute(in FeetechFrame frame, int baud, Span<PlannedReply> replies)
    {
        _log?.WritePacket(StepIndex, baud, frame);
        return ServoInstructions.Execute(_servos, frame, baud, ArmNanoseconds, replies);
    }

    private void Step()
    {
        _jointTorque.AsSpan().Clear();
        var current = 0.0;
        foreach (var servo in _servos)
        {
            var dof = servo.Dof;
            _jointTorque[dof] += servo.Step(
                StepIndex, _load.Position[dof], _load.Velocity[dof], _volts);
            current += servo.SupplyCurrent;
        }

        SupplyAmperes = current;
        _load.Step(_jointTorque, StepSeconds);
        _volts = IsPowered ? Math.Max(0, _supplyVolts - (_supplyResistance * current)) : 0;
        StepIndex++;
    }
}
