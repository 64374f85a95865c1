namespace HilRig.Learning.Onnx;

/// <summary>One fully connected layer, as the exporter takes it: y = W x + b.</summary>
/// <param name="InputCount">Inputs.</param>
/// <param name="OutputCount">Outputs.</param>
/// <param name="Weight">W. Shape [output, input].</param>
/// <param name="Bias">b. Shape [output].</param>
/// <param name="Gain">
/// Gain of the layer normalisation that follows, before the rectifier; null for no normalisation.
/// Shape [output].
/// </param>
/// <param name="Shift">Its shift. Shape [output].</param>
internal sealed record DenseLayer(
    int InputCount,
    int OutputCount,
    float[] Weight,
    float[] Bias,
    float[]? Gain = null,
    float[]? Shift = null);
