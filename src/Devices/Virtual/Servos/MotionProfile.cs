namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// The firmware's set-point between goal and position loop: follows the goal within a velocity and
/// an acceleration, braking so that it arrives at rest. Ticks and ticks/s.
/// </summary>
internal struct MotionProfile
{
    /// <summary>Set-point, ticks.</summary>
    internal double Position { get; private set; }

    /// <summary>Velocity of the set-point, ticks/s.</summary>
    internal double Velocity { get; private set; }

    /// <summary>Starts over at a position, at rest.</summary>
    internal void Seed(double position)
    {
        Position = position;
        Velocity = 0;
    }

    /// <summary>Advances one firmware tick.</summary>
    /// <param name="goal">Goal, ticks.</param>
    /// <param name="velocityMax">Fastest set-point, ticks/s.</param>
    /// <param name="acceleration">Largest change of velocity, ticks/s²; 0 for no bound.</param>
    /// <param name="dt">Length of the tick, s.</param>
    internal void Step(double goal, double velocityMax, double acceleration, double dt)
    {
        var distance = goal - Position;
        var wanted = acceleration > 0
            ? Math.Min(velocityMax, Math.Sqrt(2 * acceleration * Math.Abs(distance)))
            : velocityMax;
        wanted = Math.Min(wanted, Math.Abs(distance) / dt) * Math.Sign(distance);
        var change = wanted - Velocity;
        if (acceleration > 0)
        {
            change = Math.Clamp(change, -acceleration * dt, acceleration * dt);
        }

        Velocity += change;
        Position += Velocity * dt;

        // A last crawl below one acceleration step would never end.
        if (Math.Abs(goal - Position) < 1e-6 || (acceleration > 0
            && Math.Abs(goal - Position) < acceleration * dt * dt
            && Math.Abs(Velocity) <= acceleration * dt))
        {
            Seed(goal);
        }
    }

    internal readonly void Digest(ref StateDigest digest)
    {
        digest.Add(Position);
        digest.Add(Velocity);
    }
}
