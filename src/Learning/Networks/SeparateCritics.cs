using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// Critics one after the other: products by torch, everything between them in one pass of our own,
/// and the derivative written out, so that nothing is computed that is not asked. The form for a
/// processor; <see cref="BatchedCritics"/> gives the same numbers.
/// </summary>
internal sealed class SeparateCritics : ICriticEnsemble
{
    private const int BlocksOfLayer = 4;

    private readonly Tensor _gradient;
    private readonly Tensor[][] _weightGradients;
    private readonly float[] _biases;
    private readonly float[] _biasSums;
    private readonly float[] _unusedSums;
    private CriticTrace? _trace;
    private FlatParameters? _weights;
    private Tensor? _input;

    /// <summary>Makes the ensemble for a layout.</summary>
    /// <param name="layout">Where each layer lies.</param>
    public SeparateCritics(NetworkLayout layout)
    {
        Layout = layout;
        _gradient = zeros(layout.Count).DetachFromDisposeScope();
        _weightGradients =
        [
            .. Enumerable.Range(0, layout.Shape.HiddenLayerCount).Select(layer =>
                Enumerable.Range(0, layout.Shape.MemberCount).Select(member =>
                    FlatParameters.View(
                        _gradient, layout.Blocks[BlocksOfLayer * layer], member)).ToArray()),
        ];
        _biases = new float[layout.Shape.HiddenCount];
        _biasSums = new float[layout.Shape.HiddenCount];
        _unusedSums = new float[layout.Shape.HiddenCount];
    }

    /// <inheritdoc/>
    public NetworkLayout Layout { get; }

    private NetworkShape Shape => Layout.Shape;

    private int HeadBlock => BlocksOfLayer * Shape.HiddenLayerCount;

    /// <inheritdoc/>
    public Tensor Evaluate(FlatParameters weights, Tensor input, ReadOnlySpan<int> members)
    {
        int rows = (int)input.shape[0];
        Tensor values = empty(members.Length, rows);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        float[] scales = new float[rows];
        for (int i = 0; i < members.Length; i++)
        {
            Tensor units = input;
            for (int layer = 0; layer < Shape.HiddenLayerCount; layer++)
            {
                units = units.mm(weights.Part(BlocksOfLayer * layer, members[i]));
                Span<float> floats = units.Floats();
                LayerNormRelu.Forward(floats, Layer(weights, layer, members[i]), scales, floats);
            }

            Head(weights, members[i], units, values.Floats().Slice(i * rows, rows));
        }

        return values;
    }

    /// <inheritdoc/>
    public Tensor Run(FlatParameters weights, Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        int rows = (int)input.shape[0];
        if (_trace?.RowCount != rows)
        {
            _trace?.Dispose();
            _trace = new CriticTrace(Shape, rows);
        }

        _weights = weights;
        _input = input;
        for (int member = 0; member < Shape.MemberCount; member++)
        {
            Tensor from = input;
            for (int layer = 0; layer < Shape.HiddenLayerCount; layer++)
            {
                int at = _trace.IndexOf(member, layer);
                Tensor weight = weights.Part(BlocksOfLayer * layer, member);
                Tensor units = _trace.Units[at];
                units.addmm_(from, weight, beta: 0);
                from = _trace.Outputs[at];
                LayerNormRelu.Forward(
                    units.Floats(),
                    Layer(weights, layer, member),
                    _trace.Scales[at],
                    from.Floats());
            }

            Head(weights, member, from, _trace.Values.Floats().Slice(member * rows, rows));
        }

        return _trace.Values;
    }

    /// <inheritdoc/>
    public Tensor WeightGradient(Tensor slope)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        CriticTrace trace = _trace!;
        _gradient.Floats().Clear();
        Tensor transposedInput = _input!.t();
        int last = Shape.HiddenLayerCount - 1;
        for (int member = 0; member < Shape.MemberCount; member++)
        {
            ReadOnlySpan<float> slopes =
                slope.Floats().Slice(member * trace.RowCount, trace.RowCount);
            CriticHead.AddGradient(
                trace.Outputs[trace.IndexOf(member, last)].Floats(),
                slopes,
                Gradient(HeadBlock, member),
                Gradient(HeadBlock + 1, member));
            Tensor at = trace.Slopes;
            Tensor before = trace.SlopesBefore;
            CriticHead.Backward(
                trace.AllRows, slopes, Part(HeadBlock, member), at.Floats());
            for (int layer = last; layer >= 0; layer--)
            {
                Backward(member, layer, trace.AllRows, at.Floats(), isWanted: true);
                Tensor from = layer == 0
                    ? transposedInput
                    : trace.Transposed[trace.IndexOf(member, layer - 1)];
                _weightGradients[layer][member].addmm_(from, at, beta: 0);
                if (layer > 0)
                {
                    before.addmm_(at, _weights!.Part(BlocksOfLayer * layer, member).t(), beta: 0);
                    (at, before) = (before, at);
                }
            }
        }

        return _gradient;
    }

    /// <inheritdoc/>
    public Tensor InputGradient(Tensor slope)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        CriticTrace trace = _trace!;
        Span<float> total = trace.InputSlopes.Floats();
        total.Clear();
        Span<int> rows = new int[trace.RowCount];
        for (int member = 0; member < Shape.MemberCount; member++)
        {
            ReadOnlySpan<float> slopes =
                slope.Floats().Slice(member * trace.RowCount, trace.RowCount);
            // Of the smallest value of each row only one critic has a slope.
            Span<int> used = rows[..Used(slopes, rows)];
            if (used.IsEmpty)
            {
                continue;
            }

            Tensor at = trace.Slopes.narrow(0, 0, used.Length);
            CriticHead.Backward(used, slopes, Part(HeadBlock, member), at.Floats());
            for (int layer = Shape.HiddenLayerCount - 1; layer >= 0; layer--)
            {
                Backward(member, layer, used, at.Floats(), isWanted: false);
                at = at.mm(_weights!.Part(BlocksOfLayer * layer, member).t());
            }

            AddRows(at.Floats(), used, total);
        }

        return trace.InputSlopes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trace?.Dispose();
        _gradient.Dispose();
        foreach (Tensor gradient in _weightGradients.SelectMany(members => members))
        {
            gradient.Dispose();
        }
    }

    private static int Used(ReadOnlySpan<float> slopes, Span<int> rows)
    {
        int count = 0;
        for (int row = 0; row < slopes.Length; row++)
        {
            rows[count] = row;
            count += slopes[row] != 0 ? 1 : 0;
        }

        return count;
    }

    private static void AddRows(
        ReadOnlySpan<float> compact, ReadOnlySpan<int> rows, Span<float> total)
    {
        int width = compact.Length / rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int column = 0; column < width; column++)
            {
                total[(rows[i] * width) + column] += compact[(i * width) + column];
            }
        }
    }

    private void Backward(
        int member, int layer, ReadOnlySpan<int> rows, Span<float> slopes, bool isWanted)
    {
        int at = _trace!.IndexOf(member, layer);
        int block = BlocksOfLayer * layer;
        Array.Clear(_biasSums);
        var pass = new NormalisedPass
        {
            Units = _trace.Units[at].Floats(),
            Output = _trace.Outputs[at].Floats(),
            Scales = _trace.Scales[at],
        };
        var gradient = new NormalisedGradient
        {
            Bias = _biasSums,
            Gain = isWanted ? Gradient(block + 2, member) : _unusedSums,
            Shift = isWanted ? Gradient(block + 3, member) : _unusedSums,
        };
        LayerNormRelu.Backward(rows, pass, Part(block + 2, member), slopes, gradient);
        if (isWanted)
        {
            AddBias(Gradient(block + 1, member));
        }
    }

    private void AddBias(Span<float> gradient)
    {
        for (int unit = 0; unit < _biasSums.Length; unit++)
        {
            gradient[gradient.Length == 1 ? 0 : unit] += _biasSums[unit];
        }
    }

    private void Head(FlatParameters weights, int member, Tensor units, Span<float> values) =>
        CriticHead.Forward(
            units.Floats(),
            weights.Read(Layout.Blocks[HeadBlock], member),
            weights.Read(Layout.Blocks[HeadBlock + 1], member)[0],
            values);

    private NormalisedLayer Layer(FlatParameters weights, int layer, int member)
    {
        int block = BlocksOfLayer * layer;
        ReadOnlySpan<float> bias = weights.Read(Layout.Blocks[block + 1], member);
        if (bias.Length == 1)
        {
            Array.Fill(_biases, bias[0]);
            bias = _biases;
        }

        return new NormalisedLayer
        {
            Bias = bias,
            Gain = weights.Read(Layout.Blocks[block + 2], member),
            Shift = weights.Read(Layout.Blocks[block + 3], member),
        };
    }

    private ReadOnlySpan<float> Part(int block, int member) =>
        _weights!.Read(Layout.Blocks[block], member);

    private Span<float> Gradient(int block, int member)
    {
        NetworkBlock part = Layout.Blocks[block];
        int count = part.Count / (int)part.Shape[0];
        int owner = part.Shape[0] == 1 ? 0 : member;
        return _gradient.Floats().Slice(part.Offset + (owner * count), count);
    }
}
