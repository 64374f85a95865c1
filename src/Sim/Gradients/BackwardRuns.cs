using System.Runtime.CompilerServices;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Carries adjoints from nodes to their operands: ā += w ∂f/∂a. Where w is 0 nothing is carried,
/// even if the slope is infinite or NaN: values that were not selected have such slopes. A NaN in w
/// is carried on.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal static unsafe class BackwardRuns<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Carries the adjoints of a run.</summary>
    /// <param name="operation">The operation of all its nodes.</param>
    /// <param name="nodes">The first node.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">Value index of the first node.</param>
    /// <param name="v">All values.</param>
    /// <param name="adjoint">All adjoints.</param>
    public static void Carry(
        GraphOperation operation, GraphNode* nodes, int count, int first, T* v, T* adjoint)
    {
        switch (operation)
        {
            case GraphOperation.Multiply:
                for (int i = count - 1; i >= 0; i--)
                {
                    Product(nodes[i], adjoint[first + i], v, adjoint);
                }

                return;
            case GraphOperation.Fma:
                for (int i = count - 1; i >= 0; i--)
                {
                    T w = adjoint[first + i];
                    adjoint[nodes[i].C] += w;
                    Product(nodes[i], w, v, adjoint);
                }

                return;
            case GraphOperation.Fnma:
                for (int i = count - 1; i >= 0; i--)
                {
                    T w = adjoint[first + i];
                    adjoint[nodes[i].C] += w;
                    Product(nodes[i], -w, v, adjoint);
                }

                return;
            case GraphOperation.Add or GraphOperation.Subtract or GraphOperation.Negate:
                Sums(operation, nodes, count, adjoint + first, adjoint);
                return;
            case GraphOperation.Max or GraphOperation.Min or GraphOperation.Abs
                or GraphOperation.Where:
                Choices(operation, nodes, count, adjoint + first, v, adjoint);
                return;
            default:
                Functions(nodes, count, first, v, adjoint);
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(in GraphNode node, T w, T* v, T* adjoint)
    {
        T toA = T.Fma(w, v[node.B], adjoint[node.A]);
        T present = T.Abs(w);
        adjoint[node.A] = T.Where(present, toA, adjoint[node.A] + w);
        T toB = T.Fma(w, v[node.A], adjoint[node.B]);
        adjoint[node.B] = T.Where(present, toB, adjoint[node.B] + w);
    }

    private static void Sums(
        GraphOperation operation, GraphNode* nodes, int count, T* w, T* adjoint)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            if (operation == GraphOperation.Negate)
            {
                adjoint[nodes[i].A] -= w[i];
                continue;
            }

            adjoint[nodes[i].A] += w[i];
            adjoint[nodes[i].B] += operation == GraphOperation.Add ? w[i] : -w[i];
        }
    }

    private static void Choices(
        GraphOperation operation, GraphNode* nodes, int count, T* w, T* v, T* adjoint)
    {
        T zero = T.Of(0);
        for (int i = count - 1; i >= 0; i--)
        {
            GraphNode node = nodes[i];
            if (operation == GraphOperation.Abs)
            {
                adjoint[node.A] += T.Where(v[node.A], w[i], -w[i]);
                continue;
            }

            // What picks the first of two operands, when above 0.
            (T picks, int one, int other) = operation switch
            {
                GraphOperation.Max => (v[node.A] - v[node.B], node.A, node.B),
                GraphOperation.Min => (v[node.B] - v[node.A], node.A, node.B),
                _ => (v[node.A], node.B, node.C),
            };
            adjoint[one] += T.Where(picks, w[i], zero);
            adjoint[other] += T.Where(picks, zero, w[i]);
        }
    }

    // A run of sines has their cosines in it.
    private static void Functions(GraphNode* nodes, int count, int first, T* v, T* adjoint)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            GraphNode node = nodes[i];
            T w = adjoint[first + i];
            T result = v[first + i];
            T toB = T.Of(0);
            T toA = node.Operation switch
            {
                GraphOperation.Divide => Divide(w, result, v[node.B], out toB),
                GraphOperation.Sine => w * v[node.B],
                GraphOperation.Cosine => -(w * v[node.B]),
                GraphOperation.Sqrt => w * T.Where(result, T.Of(0.5) / result, T.Of(0)),
                GraphOperation.Exp => w * result,
                GraphOperation.Log => w / v[node.A],
                GraphOperation.Pow => Pow(w, result, v[node.A], v[node.B], out toB),
                GraphOperation.Atan2 => Turn(w, v[node.A], v[node.B], out toB),
                _ => T.Of(0),
            };
            T present = T.Abs(w);
            adjoint[node.A] += T.Where(present, toA, w);
            if (node.Operation is GraphOperation.Divide or GraphOperation.Pow
                or GraphOperation.Atan2)
            {
                adjoint[node.B] += T.Where(present, toB, w);
            }
        }
    }

    private static T Divide(T w, T quotient, T divisor, out T toDivisor)
    {
        T toDividend = w / divisor;
        toDivisor = -(toDividend * quotient);
        return toDividend;
    }

    // The same rules at 0 as in Dual.
    private static T Pow(T w, T result, T a, T b, out T toPower)
    {
        toPower = w * T.Where(a, result * T.Log(a), T.Of(0));
        return w * b * T.Pow(a, b - T.Of(1));
    }

    private static T Turn(T w, T y, T x, out T toX)
    {
        T square = T.Fma(x, x, y * y);
        T scaled = T.Where(square, w / square, T.Of(0));
        toX = -(scaled * y);
        return scaled * x;
    }
}
