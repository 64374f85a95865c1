namespace HilRig.Sim.Mjcf;

/// <summary>Inverse of a symmetric positive matrix.</summary>
internal static class DenseInverse
{
    private const double SmallestPivot = 1e-15;

    /// <summary>
    /// M⁻¹ = C⁻ᵀ C⁻¹ with Cholesky's M = C Cᵀ. A pivot below 1e-15 counts as 1e-15, so joints that
    /// move the same mass have huge weights rather than none, as in MuJoCo.
    /// </summary>
    /// <param name="matrix">M by rows. Shape [n, n].</param>
    /// <param name="n">Its size.</param>
    public static double[] Of(double[] matrix, int n)
    {
        double[] c = Factor(matrix, n);
        double[] columns = InvertLower(c, n);
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Column i of C⁻¹ begins at row i.
                double sum = 0;
                for (int k = i; k < n; k++)
                {
                    sum += columns[(i * n) + k] * columns[(j * n) + k];
                }

                inverse[(i * n) + j] = sum;
                inverse[(j * n) + i] = sum;
            }
        }

        return inverse;
    }

    private static double[] Factor(double[] matrix, int n)
    {
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= c[(i * n) + k] * c[(j * n) + k];
                }

                c[(i * n) + j] = i == j
                    ? Math.Sqrt(Math.Max(sum, SmallestPivot))
                    : sum / c[(j * n) + j];
            }
        }

        return c;
    }

    // Each column of C⁻¹ as a row, so that its entries follow one another.
    private static double[] InvertLower(double[] c, int n)
    {
        double[] columns = new double[n * n];
        for (int k = 0; k < n; k++)
        {
            for (int i = k; i < n; i++)
            {
                double sum = i == k ? 1 : 0;
                for (int j = k; j < i; j++)
                {
                    sum -= c[(i * n) + j] * columns[(k * n) + j];
                }

                columns[(k * n) + i] = sum / c[(i * n) + i];
            }
        }

        return columns;
    }
}
