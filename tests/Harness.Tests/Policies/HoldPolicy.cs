namespace HilRig.Harness.Tests.Policies;

/// <summary>
/// The shipped policy: it holds a pose like a soft spring with damping around the servo's own loop.
/// Fixed weights, nothing trained.
/// </summary>
internal static class HoldPolicy
{
    private const int JointCount = 6;
    private const float PositionGain = -0.25f;
    private const float VelocityGain = -0.01f;

    /// <summary>The bytes of scenarios/so101/policies/hold.onnx.</summary>
    public static byte[] Bytes()
    {
        var w1 = new float[2 * JointCount, 2 * JointCount];
        var w2 = new float[2 * JointCount, JointCount];
        for (int i = 0; i < JointCount; i++)
        {
            w1[i, i] = 1;
            w1[JointCount + i, JointCount + i] = 1;
            w2[i, i] = PositionGain;
            w2[JointCount + i, i] = VelocityGain;
        }

        return OnnxFileWriter.Perceptron(w1, new float[2 * JointCount], w2, new float[JointCount]);
    }
}
