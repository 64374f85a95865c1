using HilRig.Core.Errors;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Fits a model to how a rig has the robot: mounted and loaded.</summary>
public static class ModelFitting
{
    /// <summary>
    /// The model with its base turned. A fixed base feels only the direction of gravity, so gravity
    /// is turned the other way: g_base = R(worldFromBase)ᵀ g_world.
    /// </summary>
    /// <param name="model">The robot.</param>
    /// <param name="worldFromBase">Rotation w, x, y, z; need not have unit length.</param>
    public static Model Mounted(Model model, IReadOnlyList<double> worldFromBase)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(worldFromBase);
        var baseFromWorld = new UnitQuaternion(
            worldFromBase[0], -worldFromBase[1], -worldFromBase[2], -worldFromBase[3]);
        Vector3 gravity = baseFromWorld.Normalized().Rotate(model.Options.Gravity);
        return model with { Options = model.Options with { Gravity = gravity } };
    }

    /// <summary>The model with a rigid load on one body.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="body">Name of the body that carries it.</param>
    /// <param name="mass">Mass, kg.</param>
    /// <param name="center">Its centre of mass in the body's frame, m. Shape [3].</param>
    /// <param name="inertia">
    /// Moments about its centre of mass on the body's axes, kg·m². Shape [3].
    /// </param>
    /// <exception cref="ModelException">The model has no such body.</exception>
    public static Model Loaded(
        Model model,
        string body,
        double mass,
        IReadOnlyList<double> center,
        IReadOnlyList<double> inertia)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(center);
        ArgumentNullException.ThrowIfNull(inertia);
        var bodies = model.Bodies.ToList();
        int index = bodies.FindIndex(known => known.Name == body);
        if (index < 1)
        {
            throw new ModelException(
                $"the model has no body '{body}' to carry the payload",
                model.Path,
                "one of " + string.Join(", ", bodies.Skip(1).Select(known => known.Name)));
        }

        ModelBody carrier = bodies[index];
        MassProperties joined = MassProperties.Join(
        [
            new MassProperties(carrier.Mass, carrier.CenterOfMass, carrier.Inertia),
            new MassProperties(
                mass,
                new Vector3(center[0], center[1], center[2]),
                SymmetricMatrix3.FromPrincipal(
                    UnitQuaternion.Identity, new Vector3(inertia[0], inertia[1], inertia[2]))),
        ]);
        bodies[index] = carrier with
        {
            Mass = joined.Mass,
            CenterOfMass = joined.Center,
            Inertia = joined.Inertia,
            IsPlainSlider = false,
        };
        return ReferenceConstants.Fill(model with { Bodies = bodies });
    }
}
