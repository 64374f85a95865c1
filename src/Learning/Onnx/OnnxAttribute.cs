namespace HilRig.Learning.Onnx;

/// <summary>An attribute of a node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Whole">Its value, if it is whole numbers; more than one for a list.</param>
/// <param name="Real">Its value, if it is a float.</param>
internal sealed record OnnxAttribute(string Name, long[]? Whole, float Real)
{
    private const int FloatType = 1;
    private const int IntType = 2;
    private const int IntListType = 7;

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Of(string name, long value) => new(name, [value], 0);

    /// <summary>A float.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Of(string name, float value) => new(name, null, value);

    /// <summary>A list of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values.</param>
    public static OnnxAttribute List(string name, params long[] values) =>
        new(name, values, float.NaN);

    /// <summary>Writes it.</summary>
    /// <param name="attribute">Where to.</param>
    public void Write(ProtobufWriter attribute)
    {
        attribute.Text(1, Name);
        if (Whole is null)
        {
            attribute.Real(2, Real);
            attribute.Number(20, FloatType);
        }
        else if (float.IsNaN(Real))
        {
            foreach (long value in Whole)
            {
                attribute.Number(8, value);
            }

            attribute.Number(20, IntListType);
        }
        else
        {
            attribute.Number(3, Whole[0]);
            attribute.Number(20, IntType);
        }
    }
}
