using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>Computes nodes that follow one another and have one operation.</summary>
/// <typeparam name="T">The number.</typeparam>
internal static unsafe class ForwardRuns<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Computes a run.</summary>
    /// <param name="operation">The operation of all its nodes.</param>
    /// <param name="nodes">The first node.</param>
    /// <param name="count">How many.</param>
    /// <param name="v">All values.</param>
    /// <param name="result">Where the first node's value goes.</param>
    public static void Compute(
        GraphOperation operation, GraphNode* nodes, int count, T* v, T* result)
    {
        switch (operation)
        {
            case GraphOperation.Add or GraphOperation.Subtract or GraphOperation.Multiply
                or GraphOperation.Fma or GraphOperation.Fnma:
                Arithmetic(operation, nodes, count, v, result);
                return;
            case GraphOperation.Max or GraphOperation.Min or GraphOperation.Where
                or GraphOperation.Abs or GraphOperation.Negate:
                Choices(operation, nodes, count, v, result);
                return;
            default:
                Functions(operation, nodes, count, v, result);
                return;
        }
    }

    private static void Arithmetic(
        GraphOperation operation, GraphNode* nodes, int count, T* v, T* result)
    {
        switch (operation)
        {
            case GraphOperation.Add:
                for (int i = 0; i < count; i++)
                {
                    result[i] = v[nodes[i].A] + v[nodes[i].B];
                }

                return;
            case GraphOperation.Subtract:
                for (int i = 0; i < count; i++)
                {
                    result[i] = v[nodes[i].A] - v[nodes[i].B];
                }

                return;
            case GraphOperation.Multiply:
                for (int i = 0; i < count; i++)
                {
                    result[i] = v[nodes[i].A] * v[nodes[i].B];
                }

                return;
            case GraphOperation.Fma:
                for (int i = 0; i < count; i++)
                {
                    result[i] = T.Fma(v[nodes[i].A], v[nodes[i].B], v[nodes[i].C]);
                }

                return;
            default:
                for (int i = 0; i < count; i++)
                {
                    result[i] = T.Fnma(v[nodes[i].A], v[nodes[i].B], v[nodes[i].C]);
                }

                return;
        }
    }

    private static void Choices(
        GraphOperation operation, GraphNode* nodes, int count, T* v, T* result)
    {
        for (int i = 0; i < count; i++)
        {
            GraphNode node = nodes[i];
            result[i] = operation switch
            {
                GraphOperation.Max => T.Max(v[node.A], v[node.B]),
                GraphOperation.Min => T.Min(v[node.A], v[node.B]),
                GraphOperation.Where => T.Where(v[node.A], v[node.B], v[node.C]),
                GraphOperation.Abs => T.Abs(v[node.A]),
                _ => -v[node.A],
            };
        }
    }

    private static void Functions(
        GraphOperation operation, GraphNode* nodes, int count, T* v, T* result)
    {
        if (operation == GraphOperation.Sine)
        {
            for (int i = 0; i < count; i += 2)
            {
                T.SinCos(v[nodes[i].A], out result[i], out result[i + 1]);
            }

            return;
        }

        for (int i = 0; i < count; i++)
        {
            T a = v[nodes[i].A];
            result[i] = operation switch
            {
                GraphOperation.Divide => a / v[nodes[i].B],
                GraphOperation.Sqrt => T.Sqrt(a),
                GraphOperation.Exp => T.Exp(a),
                GraphOperation.Log => T.Log(a),
                GraphOperation.Pow => T.Pow(a, v[nodes[i].B]),
                GraphOperation.Atan2 => T.Atan2(a, v[nodes[i].B]),
                GraphOperation.Floor => T.Floor(a),
                _ => T.IsFinite(a),
            };
        }
    }
}
