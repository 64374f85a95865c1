using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// What the compiler computes at the reference position (MuJoCo, engine_setconst.c): the mass
/// matrix, the diagonal of its inverse, and damping from damping ratios: kv = ratio · 2 √(kp ·
/// inertia).
/// </summary>
internal static class ReferenceConstants
{
    /// <summary>The model with these constants filled in.</summary>
    public static Model Fill(Model model)
    {
        int n = model.DofCount;
        var simulation = new Simulation(model);
        simulation.Forward();
        double[] mass = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                mass[(i * n) + j] = simulation.MassMatrix(i, j);
            }
        }

        return model with
        {
            ReferenceMassMatrix = mass,
            InverseWeight = InverseDiagonal(mass, n),
            Actuators = [.. model.Actuators.Select(actuator => Damp(actuator, mass, n))],
        };
    }

    private static ModelActuator Damp(ModelActuator actuator, double[] mass, int n)
    {
        if (!actuator.IsPositionServo || actuator.Bias2 <= 0)
        {
            return actuator;
        }

        double inertia = mass[(actuator.Joint * n) + actuator.Joint]
            / (actuator.Gear * actuator.Gear);
        return actuator with { Bias2 = -actuator.Bias2 * 2 * Math.Sqrt(actuator.Gain * inertia) };
    }

    // Diagonal of the inverse by Cholesky: M = C Cᵀ, column k of C⁻¹ gives Σ (C⁻¹)_ik².
    private static double[] InverseDiagonal(double[] mass, int n)
    {
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = mass[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= c[(i * n) + k] * c[(j * n) + k];
                }

                c[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / c[(j * n) + j];
            }
        }

        double[] diagonal = new double[n];
        double[] column = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int i = k; i < n; i++)
            {
                double sum = i == k ? 1 : 0;
                for (int j = k; j < i; j++)
                {
                    sum -= c[(i * n) + j] * column[j];
                }

                column[i] = sum / c[(i * n) + i];
                diagonal[k] += column[i] * column[i];
            }
        }

        return diagonal;
    }
}
