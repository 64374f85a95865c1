namespace HilRig.Learning.Networks;

/// <summary>
/// Where each layer of a multilayer perceptron, or of an ensemble of them, lies in one flat tensor:
/// layer by layer weight, bias, gain and shift, and within each the members one after the other.
/// The same numbers can so be read member by member and as one batched product.
/// </summary>
internal sealed class NetworkLayout
{
    /// <summary>Lays out a network.</summary>
    /// <param name="name">Prefix of the blocks.</param>
    /// <param name="shape">Its layers.</param>
    public NetworkLayout(string name, NetworkShape shape)
    {
        Name = name;
        Shape = shape;
        var blocks = new List<NetworkBlock>();
        int members = shape.MemberCount;
        for (int layer = 0; layer <= shape.HiddenLayerCount; layer++)
        {
            int inputs = shape.InputsOf(layer);
            int outputs = shape.OutputsOf(layer);
            bool hidden = layer < shape.HiddenLayerCount;
            bool scalarBias = shape.QuirksOfReference && shape.MemberCount > 1;
            Add("weight", BlockKind.Weight, inputs, members, inputs, outputs);
            Add("bias", BlockKind.Bias, inputs, members, scalarBias ? 1 : outputs);
            if (hidden && shape.LayerNormalised)
            {
                int owners = shape.QuirksOfReference ? 1 : members;
                Add("gain", BlockKind.Gain, inputs, owners, outputs);
                Add("shift", BlockKind.Shift, inputs, owners, outputs);
            }

            void Add(string what, BlockKind kind, int fanIn, params long[] size)
            {
                blocks.Add(new($"{name}/{layer}/{what}", Count, size, kind, fanIn));
                Count += blocks[^1].Count;
            }
        }

        Blocks = blocks;
    }

    /// <summary>What the network is called.</summary>
    public string Name { get; }

    /// <summary>Its layers.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Its arrays, in the order of the flat tensor.</summary>
    public IReadOnlyList<NetworkBlock> Blocks { get; }

    /// <summary>Numbers of all blocks.</summary>
    public int Count { get; private set; }

    /// <summary>Arrays of one layer: weight, bias and, if normalised, gain and shift.</summary>
    /// <param name="layer">0 to the number of hidden layers, where the head is.</param>
    /// <param name="what">"weight", "bias", "gain" or "shift".</param>
    public NetworkBlock Find(int layer, string what) =>
        Blocks.First(block => block.Name == $"{Name}/{layer}/{what}");
}
