namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// DC motor, gear friction and backlash. State: rotor angle θ and velocity ω at the output shaft.
/// <para>
/// J·ω̇ = kt·i − b·ω − f − τ, i = (duty·V − kt·ω)/R (no inductance: L/R is far below a step);
/// τ = k·p + c·ṗ while the teeth touch (p = penetration beyond half the backlash; never a pull),
/// and the drag of the grease, c_g·(ω − shaft's velocity), between the flanks; |f| ≤ F = Fc +
/// Fs·exp(−(ω/ωs)²) + μ·max(|kt·i|, |τ|), directed against ω.
/// </para>
/// Back-EMF, viscous friction and the teeth are implicit in ω, so a step is one linear equation
/// with a Coulomb term, solved exactly: the rotor sticks when the rest cannot overcome F.
/// </summary>
/// <param name="parameters">Physics.</param>
/// <param name="loadInertia">
/// Inertia that the shaft turns, kg·m². The load is stepped after the motor, so teeth that are too
/// stiff for a light load within one step would ring without end: stiffness and drag are lowered to
/// what an implicit step of this load would give, half the inertia taken for safety.
/// </param>
internal sealed class GearedMotor(VirtualServoParameters parameters, double loadInertia)
{
    private readonly double _kt = parameters.TorqueConstant;
    private readonly double _resistance = parameters.Resistance;
    private readonly double _inertia = parameters.RotorInertia;
    private readonly double _viscous = parameters.ViscousFriction;
    private readonly double _coulomb = parameters.CoulombFriction;
    private readonly double _stribeck = parameters.StribeckFriction;
    private readonly double _stribeckVelocity = parameters.StribeckVelocity;
    private readonly double _loadFriction = parameters.LoadFriction;
    private readonly double _halfBacklash = parameters.Backlash / 2;
    private readonly double _stiffness =
        parameters.GearStiffness * ShareOfTeeth(parameters, loadInertia);

    private readonly double _damping =
        ContactDamping(parameters, loadInertia) * ShareOfTeeth(parameters, loadInertia);

    private readonly double _grease =
        parameters.BacklashDamping * Share(parameters.BacklashDamping, loadInertia);

    /// <summary>Rotor angle at the output shaft, rad.</summary>
    internal double Angle { get; private set; }

    /// <summary>Rotor velocity at the output shaft, rad/s.</summary>
    internal double Velocity { get; private set; }

    /// <summary>Motor current of the last step, A.</summary>
    internal double Current { get; private set; }

    /// <summary>Torque on the output shaft in the last step, N·m.</summary>
    internal double OutputTorque { get; private set; }

    /// <summary>Puts the rotor at rest in the middle of the backlash.</summary>
    internal void Reset(double angle)
    {
        Angle = angle;
        Velocity = 0;
        Current = 0;
        OutputTorque = 0;
    }

    /// <summary>One step with the bridge on; duty 0 brakes (the motor is shorted).</summary>
    /// <param name="volts">Bridge voltage, duty included, V.</param>
    /// <param name="shaftAngle">Output shaft at the start of the step, rad.</param>
    /// <param name="shaftVelocity">Output shaft at the start of the step, rad/s.</param>
    /// <param name="dt">Step, s.</param>
    /// <returns>Torque on the output shaft, N·m.</returns>
    internal double Drive(double volts, double shaftAngle, double shaftVelocity, double dt)
    {
        var motorTorque = _kt * volts / _resistance;
        var emfDamping = _kt * _kt / _resistance;
        var torque = Solve(motorTorque, emfDamping, shaftAngle, shaftVelocity, dt);
        Current = (volts - (_kt * Velocity)) / _resistance;
        return torque;
    }

    /// <summary>One step with the bridge off: no current flows, friction alone holds.</summary>
    /// <inheritdoc cref="Drive"/>
    internal double Coast(double shaftAngle, double shaftVelocity, double dt)
    {
        Current = 0;
        return Solve(0, 0, shaftAngle, shaftVelocity, dt);
    }

    internal void Digest(ref StateDigest digest)
    {
        digest.Add(Angle);
        digest.Add(Velocity);
        digest.Add(Current);
        digest.Add(OutputTorque);
    }

    private double Solve(
        double motorTorque, double emfDamping, double shaftAngle, double shaftVelocity, double dt)
    {
        var momentum = _inertia / dt;
        var passive = momentum + emfDamping + _viscous;
        var drive = (momentum * Velocity) + motorTorque;
        var friction = FrictionBound(motorTorque - (emfDamping * Velocity));

        // Which flank would touch if the rotor kept its velocity through the step.
        var lead = Angle - shaftAngle;
        var predicted = lead + (dt * (Velocity - shaftVelocity));
        var flank = predicted > _halfBacklash ? 1 : predicted < -_halfBacklash ? -1 : 0;

        // τ(ω') = offset + slope·ω', through teeth and grease.
        var slope = flank == 0 ? _grease : (_stiffness * dt) + _damping;
        var offset = (flank == 0 ? 0 : _stiffness * (lead - (flank * _halfBacklash)))
            - (slope * shaftVelocity);
        var velocity = WithFriction(drive - offset, passive + slope, friction);
        var torque = offset + (slope * velocity);
        if (torque * flank < 0)
        {
            // The teeth part within this step.
            velocity = WithFriction(drive + (_grease * shaftVelocity), passive + _grease, friction);
            torque = _grease * (velocity - shaftVelocity);
        }

        Velocity = velocity;
        Angle += dt * velocity;
        OutputTorque = torque;
        return torque;
    }

    /// <summary>Drag c = 2ζ·√(k·m), m the reduced inertia of rotor and load.</summary>
    private static double ContactDamping(VirtualServoParameters parameters, double loadInertia)
    {
        var reduced = 1 / ((1 / parameters.RotorInertia) + (1 / loadInertia));
        return 2 * parameters.GearDampingRatio * Math.Sqrt(parameters.GearStiffness * reduced);
    }

    private static double ShareOfTeeth(VirtualServoParameters parameters, double loadInertia)
    {
        var drag = ContactDamping(parameters, loadInertia);
        return Share((parameters.GearStiffness * VirtualArm.StepSeconds) + drag, loadInertia);
    }

    private static double Share(double drag, double loadInertia) =>
        1 / (1 + (2 * VirtualArm.StepSeconds * drag / loadInertia));

    private double FrictionBound(double motorTorque)
    {
        var bound = _coulomb
            + (_loadFriction * Math.Max(Math.Abs(motorTorque), Math.Abs(OutputTorque)));
        if (_stribeck > 0)
        {
            var ratio = Velocity / _stribeckVelocity;
            bound += ratio * ratio > 30 ? 0 : _stribeck * Math.Exp(-ratio * ratio);
        }

        return bound;
    }

    /// <summary>Solves slope·ω + bound·sgn(ω) = drive, sgn(0) being any value in [−1, 1].</summary>
    private static double WithFriction(double drive, double slope, double bound) =>
        drive > bound ? (drive - bound) / slope
        : drive < -bound ? (drive + bound) / slope
        : 0;
}
