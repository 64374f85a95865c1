namespace HilRig.Devices.Virtual;

/// <summary>
/// One pendulum on each servo, not coupled: inertia·q̈ = τ + torque − mass·g·length·sin(q) −
/// damping·q̇, with q = 0 hanging down. Semi-implicit Euler. For tests and for servos on a bench.
/// </summary>
public sealed class PendulumLoad : IServoLoad
{
    private const double StandardGravity = 9.80665;

    private readonly PendulumParameters[] _pendulums;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _appliedTorque;

    /// <summary>Makes a load of one pendulum a servo, hanging at rest.</summary>
    /// <param name="pendulums">Its pendulums. Shape [dof].</param>
    public PendulumLoad(params ReadOnlySpan<PendulumParameters> pendulums)
    {
        _pendulums = pendulums.ToArray();
        _position = new double[pendulums.Length];
        _velocity = new double[pendulums.Length];
        _appliedTorque = new double[pendulums.Length];
    }

    /// <inheritdoc/>
    public int DofCount => _pendulums.Length;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Position => _position;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Velocity => _velocity;

    /// <summary>
    /// Torque of an outside hand on each joint, N·m; kept until changed. Shape [dof].
    /// </summary>
    public Span<double> AppliedTorque => _appliedTorque;

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> outputTorque, double dtSeconds)
    {
        for (var dof = 0; dof < _pendulums.Length; dof++)
        {
            ref readonly var pendulum = ref _pendulums[dof];
            var weight = pendulum.MassKilograms * StandardGravity * pendulum.LengthMeters;
            var gravity = weight == 0 ? 0 : weight * Math.Sin(_position[dof]);
            var torque = outputTorque[dof] + _appliedTorque[dof] - gravity;
            var velocity = (_velocity[dof] + (dtSeconds * torque / pendulum.Inertia))
                / (1 + (dtSeconds * pendulum.Damping / pendulum.Inertia));
            _velocity[dof] = velocity;
            _position[dof] += dtSeconds * velocity;
        }
    }

    /// <inheritdoc/>
    public void Reset(ReadOnlySpan<double> position)
    {
        position.CopyTo(_position);
        _velocity.AsSpan().Clear();
        _appliedTorque.AsSpan().Clear();
    }
}
