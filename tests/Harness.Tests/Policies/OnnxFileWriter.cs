using System.Text;

namespace HilRig.Harness.Tests.Policies;

/// <summary>
/// Writes a two-layer perceptron, y = tanh(x W1 + b1) W2 + b2, as an ONNX file: the few protobuf
/// fields that need to be there (onnx.proto3, IR 8, opset 13).
/// </summary>
internal static class OnnxFileWriter
{
    private const int FloatType = 1;

    public static byte[] Perceptron(float[,] w1, float[] b1, float[,] w2, float[] b2)
    {
        byte[] graph = Join(
            Field(1, Node("Gemm", ["observation", "w1", "b1"], "hidden")),
            Field(1, Node("Tanh", ["hidden"], "active")),
            Field(1, Node("Gemm", ["active", "w2", "b2"], "action")),
            Field(2, Encoding.UTF8.GetBytes("policy")),
            Field(5, Tensor("w1", [w1.GetLength(0), w1.GetLength(1)], [.. w1.Cast<float>()])),
            Field(5, Tensor("b1", [b1.Length], b1)),
            Field(5, Tensor("w2", [w2.GetLength(0), w2.GetLength(1)], [.. w2.Cast<float>()])),
            Field(5, Tensor("b2", [b2.Length], b2)),
            Field(11, ValueShape("observation", w1.GetLength(0))),
            Field(12, ValueShape("action", w2.GetLength(1))));
        return Join(
            Number(1, 8),
            Field(2, Encoding.UTF8.GetBytes("hilrig")),
            Field(7, graph),
            Field(8, Join(Field(1, []), Number(2, 13))));
    }

    private static byte[] Node(string type, string[] inputs, string output) => Join(
    [
        .. inputs.Select(input => Field(1, Encoding.UTF8.GetBytes(input))),
        Field(2, Encoding.UTF8.GetBytes(output)),
        Field(3, Encoding.UTF8.GetBytes(output)),
        Field(4, Encoding.UTF8.GetBytes(type)),
    ]);

    private static byte[] Tensor(string name, int[] shape, float[] values) => Join(
    [
        .. shape.Select(size => Number(1, size)),
        Number(2, FloatType),
        Field(8, Encoding.UTF8.GetBytes(name)),
        Field(9, [.. values.SelectMany(BitConverter.GetBytes)]),
    ]);

    private static byte[] ValueShape(string name, int size)
    {
        byte[] shape = Join(
            Field(1, Number(1, 1)),
            Field(1, Number(1, size)));
        byte[] type = Field(1, Join(Number(1, FloatType), Field(2, shape)));
        return Join(Field(1, Encoding.UTF8.GetBytes(name)), Field(2, type));
    }

    private static byte[] Field(int number, byte[] content) =>
        Join(Varint((ulong)((number << 3) | 2)), Varint((ulong)content.Length), content);

    private static byte[] Number(int number, long value) =>
        Join(Varint((ulong)(number << 3)), Varint((ulong)value));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
