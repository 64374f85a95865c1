namespace HilRig.Devices.Virtual;

/// <summary>Finds out what a load weighs to its servos, by pushing it.</summary>
internal static class LoadProbe
{
    private const double Push = 1;

    /// <summary>
    /// The inertia each joint shows when the others are free, at one pose: one step with a push of
    /// ±1 against one without; the livelier side counts, because the other may be a limit.
    /// </summary>
    /// <param name="load">The load; its state is lost.</param>
    /// <param name="position">Pose. Shape [dof].</param>
    /// <returns>Inertia, kg·m² or kg. Shape [dof].</returns>
    internal static double[] MeasureInertia(IServoLoad load, double[] position)
    {
        var inertia = new double[load.DofCount];
        var torque = new double[load.DofCount];
        for (var dof = 0; dof < load.DofCount; dof++)
        {
            var free = VelocityAfter(load, position, torque, dof, 0);
            var up = Math.Abs(VelocityAfter(load, position, torque, dof, Push) - free);
            var down = Math.Abs(VelocityAfter(load, position, torque, dof, -Push) - free);
            inertia[dof] = VirtualArm.StepSeconds * Push / Math.Max(up, down);
        }

        return inertia;
    }

    private static double VelocityAfter(
        IServoLoad load, double[] position, double[] torque, int dof, double push)
    {
        load.Reset(position);
        torque[dof] = push;
        load.Step(torque, VirtualArm.StepSeconds);
        torque[dof] = 0;
        return load.Velocity[dof];
    }
}
