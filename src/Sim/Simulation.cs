using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim;

/// <summary>
/// One env in double precision on this thread. Every array is a view of its memory: write state and
/// inputs, call <see cref="Forward"/> or <see cref="Step"/>, read results. Allocates nothing after
/// construction; the same inputs give the same bits. SI units.
/// </summary>
public sealed unsafe class Simulation
{
    private readonly double[] _work;
    private readonly double[] _constants;
    private readonly int[] _topology;
    private readonly float[] _assets;
    private readonly Layout _layout;
    private readonly int[] _indices;
    private readonly Env<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem> _env;
    private double _timeStep;

    /// <summary>
    /// Makes an env at the model's reference position, at rest, actuators on, controls 0.
    /// </summary>
    /// <param name="model">The robot.</param>
    public Simulation(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _layout = ModelPacker.Layout(model);
        _work = GC.AllocateArray<double>(_layout.WorkCount, pinned: true);
        _indices = GC.AllocateArray<int>(_layout.IndexCount, pinned: true);
        _constants = GC.AllocateArray<double>(_layout.ConstantCount, pinned: true);
        _topology = GC.AllocateArray<int>(_layout.TopologyCount, pinned: true);
        _assets = GC.AllocateArray<float>(_layout.AssetCount, pinned: true);
        _timeStep = model.Options.TimeStep;
        ModelPacker.PackConstants(model, _layout, _constants);
        ModelPacker.PackTimeStep(model, _layout, _timeStep, _constants);
        ModelPacker.PackTopology(model, _layout, _topology);
        ModelPacker.PackAssets(model, _layout, _assets);

        // Pinned arrays never move, and this object keeps them alive.
        fixed (double* work = _work)
        fixed (double* constants = _constants)
        fixed (int* indices = _indices)
        fixed (int* topology = _topology)
        fixed (float* assets = _assets)
        {
            _env = new(
                new((F64*)work, indices),
                new((F64*)constants),
                new(topology, assets),
                _layout);
        }

        CpuDynamics<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>.Derive(_env);

        Reset();
    }

    /// <summary>The robot.</summary>
    public Model Model { get; }

    /// <summary>All memory of the env, for views of its inner results.</summary>
    internal Env<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem> Memory => _env;

    /// <summary>Numbers of the workspace.</summary>
    internal Span<double> Work => _work;

    /// <summary>Numbers of the constants.</summary>
    internal ReadOnlySpan<double> Constants => _constants;

    /// <summary>Time since <see cref="Reset"/>, s.</summary>
    public double Time
    {
        get => _work[_layout.Time];
        set => _work[_layout.Time] = value;
    }

    /// <summary>
    /// Positions, MuJoCo's qpos: rad or m of a slide or hinge, a quaternion w, x, y, z of a ball,
    /// place in m and a quaternion of a free joint. Quaternions need not be normalised. Shape
    /// [position].
    /// </summary>
    public Span<double> Position => _work.AsSpan(_layout.Position, _layout.PositionCount);

    /// <summary>
    /// Velocities, MuJoCo's qvel, rad/s or m/s: of a free joint linear in world axes, then angular
    /// in the body's axes; of a ball angular in the body's axes. Shape [dof].
    /// </summary>
    public Span<double> Velocity => _work.AsSpan(_layout.Velocity, _layout.DofCount);

    /// <summary>
    /// Acceleration at which the next constraint solve begins: that of the last step. The solution
    /// does not depend on it but for rounding. Part of the state. Shape [dof].
    /// </summary>
    public Span<double> WarmStart => _work.AsSpan(_layout.Warmstart, _layout.DofCount);

    /// <summary>Activations of actuators that have one. Shape [activation].</summary>
    public Span<double> Activation =>
        _work.AsSpan(_layout.Activation, _layout.ActivationCount);

    /// <summary>Lengths of actuators in the last call. Shape [actuator].</summary>
    public ReadOnlySpan<double> ActuatorLength =>
        _work.AsSpan(_layout.Drives.Length, _layout.ActuatorCount);

    /// <summary>Velocities of actuators in the last call. Shape [actuator].</summary>
    public ReadOnlySpan<double> ActuatorVelocity =>
        _work.AsSpan(_layout.Drives.Velocity, _layout.ActuatorCount);

    /// <summary>Forces of actuators in the last call. Shape [actuator].</summary>
    public ReadOnlySpan<double> ActuatorForce =>
        _work.AsSpan(_layout.Drives.Force, _layout.ActuatorCount);

    /// <summary>
    /// Sensors at the state of the last call, MuJoCo's sensordata. Shape [sensor].
    /// </summary>
    public ReadOnlySpan<double> Sensors =>
        _work.AsSpan(_layout.Sensors.Values, _layout.Sensors.ValueCount);

    /// <summary>Controls. Shape [actuator].</summary>
    public Span<double> Control => _work.AsSpan(_layout.Control, _layout.ActuatorCount);

    /// <summary>Joint forces from outside, N·m or N; kept until changed. Shape [dof].</summary>
    public Span<double> AppliedForce => _work.AsSpan(_layout.Applied, _layout.DofCount);

    /// <summary>Joint accelerations of the last call, constraints included. Shape [dof].</summary>
    public ReadOnlySpan<double> Acceleration =>
        _work.AsSpan(_layout.Acceleration, _layout.DofCount);

    /// <summary>Coriolis, centrifugal and gravity forces of the last call. Shape [dof].</summary>
    public ReadOnlySpan<double> Bias => _work.AsSpan(_layout.Bias, _layout.DofCount);

    /// <summary>Joint forces of all actuators in the last call, N·m or N. Shape [dof].</summary>
    public ReadOnlySpan<double> ActuatorJointForce =>
        _work.AsSpan(_layout.ActuatorJointForce, _layout.DofCount);

    /// <summary>
    /// Joint forces of friction and limits in the last call, N·m or N. Shape [dof].
    /// </summary>
    public ReadOnlySpan<double> ConstraintForce =>
        _work.AsSpan(_layout.ConstraintForce, _layout.DofCount);

    /// <summary>Contacts found in the last call.</summary>
    public int ContactCount => _indices[_layout.Contacts.ContactCount];

    /// <summary>
    /// Step length, s; at first the model's. Changing it recomputes soft constraints.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double TimeStep
    {
        get => _timeStep;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            if (value != _timeStep)
            {
                _timeStep = value;
                ModelPacker.PackTimeStep(Model, _layout, value, _constants);
                CpuDerivation<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>
                    .DeriveSoftness(_env);
            }
        }
    }

    /// <summary>Entry of the mass matrix of the last call, kg·m² or kg.</summary>
    /// <param name="row">Row, 0 to dof - 1.</param>
    /// <param name="column">Column, 0 to dof - 1.</param>
    public double MassMatrix(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_layout.DofCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
            (uint)column, (uint)_layout.DofCount);
        int low = Math.Min(row, column);
        int high = Math.Max(row, column);
        int reach = _topology[_layout.IndexOfDof(low, TopologySlots.DofLast)];
        return high > reach ? 0 : _work[_layout.MassMatrix + (high * _layout.DofCount) + low];
    }

    /// <summary>
    /// Mechanical energy of the present state, J; call <see cref="Forward"/> first.
    /// </summary>
    /// <returns>Of gravity and springs; of motion.</returns>
    public (double Potential, double Kinetic) Energy()
    {
        EnergyPhases<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>.Potential(_env);
        EnergyPhases<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>.Kinetic(_env);
        return (_work[_layout.Energy], _work[_layout.Energy + 1]);
    }

    /// <summary>
    /// Switches an actuator; one that is off gives no force. At first all are on.
    /// </summary>
    /// <param name="actuator">Index of the actuator.</param>
    /// <param name="enabled">Whether it acts.</param>
    public void SetActuatorEnabled(int actuator, bool enabled)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
            (uint)actuator, (uint)_layout.ActuatorCount);
        _work[_layout.Enabled + actuator] = enabled ? 1 : 0;
    }

    /// <summary>
    /// Back to the reference position at rest, controls and applied forces 0, actuators on.
    /// </summary>
    public void Reset()
    {
        for (int k = 0; k < _layout.PositionCount; k++)
        {
            Position[k] = Model.ReferencePosition[k];
        }

        Time = 0;
        Velocity.Clear();
        Activation.Clear();
        WarmStart.Clear();
        Control.Clear();
        AppliedForce.Clear();
        _work.AsSpan(_layout.Enabled, _layout.ActuatorCount).Fill(1);
    }

    /// <summary>
    /// Contacts of the last call with their forces, in MuJoCo's frames. Allocates; for reading, not
    /// for the loop.
    /// </summary>
    public IReadOnlyList<SimulatedContact> Contacts() => ContactReader.Read(this);

    /// <summary>Computes forces and accelerations of the present state, which stays.</summary>
    public StepStatus Forward()
    {
        CpuDynamics<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>.Forward(_env);
        return Status();
    }

    /// <summary>
    /// Advances by <see cref="TimeStep"/>. Results are those of the state before.
    /// </summary>
    public StepStatus Step()
    {
        CpuDynamics<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>.Step(_env);
        return Status();
    }

    private StepStatus Status() => _work[_layout.Corrupt] > 0
        ? StepStatus.NotFinite
        : _work[_layout.Contacts.Overflow] > 0 ? StepStatus.ContactOverflow
        : _work[_layout.Unsolved] > 0 ? StepStatus.Unconverged : StepStatus.Ok;
}
