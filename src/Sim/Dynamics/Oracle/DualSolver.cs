namespace HilRig.Sim.Dynamics.Oracle;

/// <summary>
/// The constraint solve by its dual, as an independent check of Newton: forces f that minimise ½ fᵀ
/// (A + R) f + fᵀ (J a0 - aref) with A = J M⁻¹ Jᵀ, each block within what it may push (MuJoCo,
/// Computation chapter, "Dual"). Projected Gauss-Seidel over blocks, in double; slow and plain.
/// </summary>
internal sealed class DualSolver
{
    // Projected gradient steps on one cone while the other blocks stand.
    private const int ConeSteps = 200;

    private readonly double[] _smoothAcceleration;
    private readonly IReadOnlyList<DualBlock> _blocks;
    private readonly double[][][] _pushed; // M⁻¹ Jᵀ, [block][row][dof]
    private readonly double[][] _forces; // [block][row]

    /// <summary>Sets up a solve.</summary>
    /// <param name="massMatrix">M. Shape [dof, dof].</param>
    /// <param name="smoothAcceleration">a0. Shape [dof].</param>
    /// <param name="blocks">The rows.</param>
    public DualSolver(
        double[] massMatrix, double[] smoothAcceleration, IReadOnlyList<DualBlock> blocks)
    {
        _smoothAcceleration = smoothAcceleration;
        _blocks = blocks;
        double[,] factor = Factor(massMatrix, smoothAcceleration.Length);
        _pushed = [.. blocks.Select(
            block => block.Jacobian.Select(row => Solve(factor, row)).ToArray())];
        _forces = [.. blocks.Select(block => new double[block.Jacobian.Length])];
        Acceleration = [.. smoothAcceleration];
    }

    /// <summary>The constrained acceleration so far. Shape [dof].</summary>
    public double[] Acceleration { get; }

    /// <summary>Forces so far. Shape [block][row].</summary>
    public IReadOnlyList<double[]> Forces => _forces;

    /// <summary>Sweeps until accelerations change by less than a tolerance.</summary>
    /// <param name="tolerance">Relative to the largest acceleration.</param>
    /// <param name="sweepMax">Sweeps at most.</param>
    /// <returns>Whether it arrived.</returns>
    public bool Run(double tolerance, int sweepMax)
    {
        for (int sweep = 0; sweep < sweepMax; sweep++)
        {
            double[] before = [.. Acceleration];
            for (int block = 0; block < _blocks.Count; block++)
            {
                Relax(block);
            }

            double change = Acceleration.Zip(before, (a, b) => Math.Abs(a - b)).Max();
            if (change <= tolerance * Math.Max(1, Acceleration.Max(Math.Abs)))
            {
                return true;
            }
        }

        return _smoothAcceleration.Length == 0;
    }

    private void Relax(int index)
    {
        DualBlock block = _blocks[index];
        double[] force = _forces[index];
        int count = force.Length;
        var hessian = new double[count, count];
        var linear = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                hessian[i, j] = Dot(block.Jacobian[i], _pushed[index][j]);
            }

            // The gradient at f = 0 of this block alone.
            linear[i] = Dot(block.Jacobian[i], Acceleration) - block.Reference[i];
            for (int j = 0; j < count; j++)
            {
                linear[i] -= hessian[i, j] * force[j];
            }

            hessian[i, i] += block.Regularization[i];
        }

        double[] next = block.Shape == CostShape.Cone
            ? MinimizeOnCone(hessian, linear, block.Bounds, force)
            : [Clamp(block, -linear[0] / hessian[0, 0])];
        for (int i = 0; i < count; i++)
        {
            double change = next[i] - force[i];
            force[i] = next[i];
            for (int dof = 0; dof < Acceleration.Length; dof++)
            {
                Acceleration[dof] += change * _pushed[index][i][dof];
            }
        }
    }

    private static double Clamp(DualBlock block, double force) => block.Shape switch
    {
        CostShape.Huber => Math.Clamp(force, -block.Bounds[0], block.Bounds[0]),
        CostShape.OneSided => Math.Max(0, force),
        _ => force,
    };

    // In g = f / (1, μ) the cone is round: |g_t| at most g_n. Accelerated projected gradient
    // (Nesterov 1983).
    private static double[] MinimizeOnCone(
        double[,] hessian, double[] linear, double[] friction, double[] start)
    {
        int count = linear.Length;
        double Scale(int i) => i == 0 ? 1 : friction[i - 1];
        double bound = 0;
        for (int i = 0; i < count; i++)
        {
            bound += hessian[i, i] * Scale(i) * Scale(i);
        }

        double[] g = [.. start.Select((force, i) => force / Scale(i))];
        double[] ahead = [.. g];
        double momentum = 1;
        for (int step = 0; step < ConeSteps; step++)
        {
            var next = new double[count];
            for (int i = 0; i < count; i++)
            {
                double slope = linear[i];
                for (int j = 0; j < count; j++)
                {
                    slope += hessian[i, j] * Scale(j) * ahead[j];
                }

                next[i] = ahead[i] - (Scale(i) * slope / bound);
            }

            Project(next);
            double following = 0.5 * (1 + Math.Sqrt(1 + (4 * momentum * momentum)));
            double weight = (momentum - 1) / following;
            ahead = [.. next.Zip(g, (a, b) => a + (weight * (a - b)))];
            g = next;
            momentum = following;
        }

        return [.. g.Select((force, i) => force * Scale(i))];
    }

    // Nearest point of the cone.
    private static void Project(double[] g)
    {
        double length = Math.Sqrt(g.Skip(1).Sum(x => x * x));
        if (length <= g[0])
        {
            return;
        }

        double normal = length <= -g[0] ? 0 : 0.5 * (g[0] + length);
        double scale = normal == 0 ? 0 : normal / length;
        g[0] = normal;
        for (int i = 1; i < g.Length; i++)
        {
            g[i] *= scale;
        }
    }

    // Cholesky's factor.
    private static double[,] Factor(double[] matrix, int n)
    {
        var factor = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
        }

        return factor;
    }

    private static double[] Solve(double[,] factor, double[] right)
    {
        int n = right.Length;
        double[] x = [.. right];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                x[i] -= factor[i, k] * x[k];
            }

            x[i] /= factor[i, i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                x[i] -= factor[k, i] * x[k];
            }

            x[i] /= factor[i, i];
        }

        return x;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
