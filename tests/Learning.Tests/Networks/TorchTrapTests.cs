using TorchSharp;

namespace HilRig.Learning.Tests.Networks;

/// <summary>
/// What the binding does unlike Python's; an upgrade that mends one shows itself here.
/// </summary>
public sealed class TorchTrapTests
{
    [Test]
    public void Baddbmm_takes_the_first_factor_as_its_owner()
    {
        using torch.Tensor units = torch.tensor(new float[] { 1, 2 }).view(1, 1, 2);
        using torch.Tensor weight = torch.tensor(new float[] { 10, 20, 30, 40 }).view(1, 2, 2);
        using torch.Tensor bias = torch.tensor(new float[] { 0.5f, 0.25f }).view(1, 1, 2);
        using torch.Tensor sum = units.baddbmm(weight, bias);
        Assert.That(sum.data<float>().ToArray(), Is.EqualTo(new[] { 70.5f, 100.25f }));
    }

    [Test]
    public void Addmm_takes_the_bias_first_and_forgets_what_it_scales_by_zero()
    {
        using torch.Tensor units = torch.tensor(new float[] { 1, 2 }).view(1, 2);
        using torch.Tensor weight = torch.tensor(new float[] { 10, 20, 30, 40 }).view(2, 2);
        using torch.Tensor bias = torch.tensor(new float[] { 0.5f, 0.25f });
        using torch.Tensor sum = torch.addmm(bias, units, weight, 1, 1);
        Assert.That(sum.data<float>().ToArray(), Is.EqualTo(new[] { 70.5f, 100.25f }));
        using torch.Tensor kept = torch.full(1, 2, float.NaN);
        kept.addmm_(units, weight, beta: 0);
        Assert.That(kept.data<float>().ToArray(), Is.EqualTo(new[] { 70f, 100f }));
    }

    [Test]
    public void Torch_computes_on_one_thread()
    {
        HilRig.Learning.Networks.TorchThreads.Require();
        Assert.That(torch.get_num_threads(), Is.EqualTo(1));
    }
}
