namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// The cost that the constraint solve minimises, from MuJoCo's own M, rows and unconstrained
/// acceleration: ½ (a - a0)ᵀ M (a - a0) + s(J a - aref) (MuJoCo, engine_solver.c).
/// </summary>
internal static class ConstraintCost
{
    public static double Of(ParityState state, ReadOnlySpan<double> acceleration)
    {
        int n = acceleration.Length;
        double cost = 0;
        for (int i = 0; i < n; i++)
        {
            double product = 0;
            for (int j = 0; j < n; j++)
            {
                product += state.MassMatrix[(i * n) + j]
                    * (acceleration[j] - state.SmoothAcceleration[j]);
            }

            cost += 0.5 * product * (acceleration[i] - state.SmoothAcceleration[i]);
        }

        for (int row = 0; row < state.Rows.Length;)
        {
            ParityRow first = state.Rows[row];
            int size = first.Kind == ParityRowKind.EllipticContact
                ? state.Contacts[first.Id].Dimension
                : 1;
            cost += size > 1
                ? Cone(state, row, size, acceleration)
                : Scalar(first, Residual(first, acceleration));
            row += size;
        }

        return cost;
    }

    private static double Residual(ParityRow row, ReadOnlySpan<double> acceleration)
    {
        double sum = -row.Reference;
        for (int i = 0; i < acceleration.Length; i++)
        {
            sum += row.Jacobian[i] * acceleration[i];
        }

        return sum;
    }

    private static double Scalar(ParityRow row, double y)
    {
        double quadratic = 0.5 * row.Weight * y * y;
        switch (row.Kind)
        {
            case ParityRowKind.Equality:
                return quadratic;
            case ParityRowKind.DofFriction:
            case ParityRowKind.TendonFriction:
                // Linear where the force would pass the friction loss.
                double knee = row.FrictionLoss / row.Weight;
                return Math.Abs(y) <= knee
                    ? quadratic
                    : row.FrictionLoss * (Math.Abs(y) - (0.5 * knee));
            default:
                return y < 0 ? quadratic : 0;
        }
    }

    private static double Cone(
        ParityState state, int first, int size, ReadOnlySpan<double> acceleration)
    {
        ParityContact contact = state.Contacts[state.Rows[first].Id];
        double mu = contact.ConeFriction;
        double normal = 0;
        double tangents = 0;
        double quadratic = 0;
        for (int j = 0; j < size; j++)
        {
            ParityRow row = state.Rows[first + j];
            double y = Residual(row, acceleration);
            quadratic += 0.5 * row.Weight * y * y;
            double scaled = y * (j == 0 ? mu : contact.Friction[j - 1]);
            normal = j == 0 ? scaled : normal;
            tangents += j == 0 ? 0 : scaled * scaled;
        }

        double tangent = Math.Sqrt(tangents);
        if (normal >= mu * tangent)
        {
            return 0;
        }

        if ((mu * normal) + tangent <= 0)
        {
            return quadratic;
        }

        double weight = state.Rows[first].Weight / (mu * mu * (1 + (mu * mu)));
        double slack = normal - (mu * tangent);
        return 0.5 * weight * slack * slack;
    }
}
