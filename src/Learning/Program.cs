using TorchSharp;

namespace HilRig.Learning;

/// <summary>The `hilrig-learn` program, reached as `hilrig learn …`.</summary>
internal static class Program
{
    private static int Main()
    {
        using torch.Tensor sum = torch.ones(2) + 1;
        Console.Out.WriteLine(sum.sum().item<float>());
        return 0;
    }
}
