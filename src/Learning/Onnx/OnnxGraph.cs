namespace HilRig.Learning.Onnx;

/// <summary>
/// A graph under construction: nodes, constants, inputs and outputs, written as an ONNX model of
/// opset 17 (the first with LayerNormalization) and IR version 8. Field numbers are those of
/// onnx.proto (github.com/onnx/onnx).
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>Operator set that the nodes are of.</summary>
    public const int Opset = 17;

    /// <summary>Name of the dimension of the rows.</summary>
    public const string RowCount = "N";

    private const int IrVersion = 8;
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _constants = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];

    /// <summary>Nodes so far.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>A node of one output.</summary>
    /// <param name="type">Its operator.</param>
    /// <param name="output">Name of its output, which is also the node's.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>Name of its output.</returns>
    public string Node(
        string type, string output, string[] inputs, params OnnxAttribute[] attributes)
    {
        Node(type, [output], inputs, attributes);
        return output;
    }

    /// <summary>A node of several outputs.</summary>
    /// <param name="type">Its operator.</param>
    /// <param name="outputs">Names of its outputs.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Node(
        string type, string[] outputs, string[] inputs, params OnnxAttribute[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, outputs[0]);
        node.Text(4, type);
        foreach (OnnxAttribute attribute in attributes)
        {
            node.Message(5, attribute.Write);
        }

        _nodes.Add(node.Written.ToArray());
    }

    /// <summary>A constant of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, row by row.</param>
    /// <param name="shape">Its dimensions; none for a scalar.</param>
    /// <returns>Its name.</returns>
    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape) =>
        Constant(name, FloatType, values, shape);

    /// <summary>A constant of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, row by row.</param>
    /// <returns>Its name.</returns>
    public string Constant(string name, params long[] values) =>
        Constant<long>(name, Int64Type, values, [values.Length]);

    /// <summary>The input of N rows.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <returns>Its name.</returns>
    public string Input(string name, int width)
    {
        _inputs.Add(Value(name, width));
        return name;
    }

    /// <summary>An output of N rows.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="width">Numbers of a row; null for one number without a dimension.</param>
    public void Output(string name, int? width) => _outputs.Add(Value(name, width));

    /// <summary>The model's bytes; the same for the same calls.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="properties">What the file says of itself.</param>
    public byte[] Encode(string name, IEnumerable<KeyValuePair<string, string>> properties)
    {
        var model = new ProtobufWriter();
        model.Number(1, IrVersion);
        model.Text(2, "hilrig");
        model.Message(7, graph =>
        {
            Repeat(graph, 1, _nodes);
            graph.Text(2, name);
            Repeat(graph, 5, _constants);
            Repeat(graph, 11, _inputs);
            Repeat(graph, 12, _outputs);
        });
        model.Message(8, opset => opset.Number(2, Opset));
        foreach ((string key, string value) in properties)
        {
            model.Message(14, property =>
            {
                property.Text(1, key);
                property.Text(2, value);
            });
        }

        return model.Written.ToArray();
    }

    private string Constant<T>(string name, int type, ReadOnlySpan<T> values, long[] shape)
        where T : unmanaged
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (count != values.Length)
        {
            throw new ArgumentException(
                $"{name}: {values.Length} values for {string.Join(" · ", shape)}", nameof(shape));
        }

        var tensor = new ProtobufWriter();
        foreach (long size in shape)
        {
            tensor.Number(1, size);
        }

        tensor.Number(2, type);
        tensor.Text(8, name);
        tensor.Raw(9, values);
        _constants.Add(tensor.Written.ToArray());
        return name;
    }

    private static byte[] Value(string name, int? width)
    {
        var value = new ProtobufWriter();
        value.Text(1, name);
        value.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Number(1, FloatType);
            tensor.Message(2, shape =>
            {
                shape.Message(1, dimension => dimension.Text(2, RowCount));
                if (width is { } size)
                {
                    shape.Message(1, dimension => dimension.Number(1, size));
                }
            });
        }));
        return value.Written.ToArray();
    }

    private static void Repeat(ProtobufWriter graph, int field, List<byte[]> messages)
    {
        foreach (byte[] message in messages)
        {
            graph.Bytes(field, message);
        }
    }
}
