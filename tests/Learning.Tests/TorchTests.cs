using TorchSharp;

namespace HilRig.Learning.Tests;

public sealed class TorchTests
{
    [Test]
    public void The_native_library_loads_and_computes()
    {
        using torch.Tensor sum = torch.ones(2) + 1;
        using torch.Tensor total = sum.sum();
        Assert.That(total.item<float>(), Is.EqualTo(4));
    }
}
